#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chart/package/chart.hpp"
#include "chart/source/index.hpp"
#include "chart/source/remote.hpp"
#include "chart/source/repositories.hpp"
#include "registry/cache.hpp"
#include "registry/credentials.hpp"
#include "registry/oci.hpp"
#include "registry/web.hpp"

namespace gpuctl::registry {

/// Where the files lie that say who asks, and where to keep what was fetched.
struct Files {
  std::string repositories;              ///< Helm's repositories.yaml
  std::vector<std::string> credentials;  ///< Helm's and Docker's config.json, the first before the others
  std::string cache;                     ///< a folder; empty: nothing is kept
};

/// Where Helm, Docker and the XDG specification have them. `variable` gives a variable of the environment, or the empty
/// string.
Files files_of(const std::function<std::string(const std::string& name)>& variable);

struct Options {
  chart::Access access;
  Files files;
  WebOptions web;
  /// The text of a file; nothing: it is not there.
  std::function<std::optional<std::string>(const std::string& path)> find;
  chart::Warn warn;
  bool refresh = true;  ///< false: an index that is kept is not asked for again
};

/// Charts of repositories, registries and addresses. For one thread.
class Registry : public chart::Remote {
 public:
  explicit Registry(Options options);

  chart::FetchedChart fetch(const chart::ChartRef& ref) override;
  std::string version(const chart::ChartRef& ref) override;
  std::string address_of(const std::string& repository) override;
  std::string text(const std::string& address, std::size_t most) override;

 private:
  /// A version that an index has.
  struct Found {
    chart::IndexEntry entry;
    chart::Address repository;
    chart::Access access;
  };

  const std::vector<chart::RepositoryEntry>& repositories();
  chart::RepositoryEntry entry_of(const chart::InRepository& at);
  chart::Access access_at(const chart::Address& address);
  const std::string& index(const chart::Address& repository, const chart::Access& access);
  Found found(const chart::InRepository& at, const std::string& version);
  chart::FetchedChart from_repository(const chart::InRepository& at, const std::string& version);
  chart::FetchedChart from_address(const chart::Address& address, const chart::Access& access,
                                   const chart::Address& home, const std::string& digest);

  Options options_;
  Web web_;
  Cache cache_;
  Credentials credentials_;
  Oci oci_;
  std::optional<std::vector<chart::RepositoryEntry>> repositories_;
  std::map<std::string, std::string> indexes_;
};

}  // namespace gpuctl::registry
