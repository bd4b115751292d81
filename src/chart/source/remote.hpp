#pragma once

#include <chrono>
#include <string>

#include "chart/source/access.hpp"
#include "chart/source/reference.hpp"

namespace gpuctl::chart {

/// How charts are asked for.
struct RemoteOptions {
  Access access;
  bool refresh = true;                      ///< false: an index that is kept from an earlier run will do
  std::chrono::milliseconds time{120'000};  ///< for each file
};

/// A packed chart that was fetched, and what is known of it.
struct FetchedChart {
  std::string bytes;        ///< the .tgz
  std::string digest;       ///< its sha256 in hex
  std::string from;         ///< the address that it has: `https://…/a-1.2.0.tgz`, `oci://…/a:1.2.0`
  std::string file;         ///< what it is called there: `a-1.2.0.tgz`
  std::string version;      ///< as the repository has it; empty for what was named by its address alone
  bool from_cache = false;  ///< the bytes were here already
};

/// Charts from where they live. Each throws core::Error, which says what was asked, of whom, and what came.
struct Remote {
  virtual ~Remote() = default;
  /// The chart in the newest version that is wanted, its digest compared wherever one is stated.
  virtual FetchedChart fetch(const ChartRef& ref) = 0;
  /// The version that `fetch` would bring, without bringing it.
  virtual std::string version(const ChartRef& ref) = 0;
  /// The address behind a repository's name: `@nvidia`. An address is its own.
  virtual std::string address_of(const std::string& repository) = 0;
  /// The text of a file of values, at most `most` bytes.
  virtual std::string text(const std::string& address, std::size_t most) = 0;
};

}  // namespace gpuctl::chart
