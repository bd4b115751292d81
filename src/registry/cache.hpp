#pragma once

#include <optional>
#include <string>

#include "chart/package/chart.hpp"

namespace gpuctl::registry {

/// An index as its server gave it, with what the server needs to say that it is still the same.
struct KeptIndex {
  std::string etag;
  std::string last_modified;
  std::string text;
};

/// What was fetched before. Each file is written beside and renamed, and held against its digest when it is read, so
/// runs side by side do not disturb each other and a damaged file counts as none. That something cannot be kept is a
/// warning, told once.
class Cache {
 public:
  /// Without a folder nothing is kept.
  Cache(std::string folder, chart::Warn warn) : folder_(std::move(folder)), warn_(std::move(warn)) {}

  /// The packed chart of that sha256 in hex.
  std::optional<std::string> chart(const std::string& digest);
  void keep_chart(const std::string& digest, const std::string& bytes);

  /// The index that was kept for an address; whoever asks under another name has another one.
  std::optional<KeptIndex> index(const std::string& address);
  void keep_index(const std::string& address, const KeptIndex& index);

 private:
  std::string chart_path(const std::string& digest) const;
  std::string index_path(const std::string& address) const;
  void write(const std::string& path, const std::string& bytes);

  std::string folder_;
  chart::Warn warn_;
  bool told_ = false;
};

}  // namespace gpuctl::registry
