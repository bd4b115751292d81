#pragma once

#include <map>
#include <string>
#include <vector>

#include "chart/source/remote.hpp"
#include "registry/cache.hpp"
#include "registry/credentials.hpp"
#include "registry/web.hpp"

namespace gpuctl::registry {

/// Charts in OCI registries, by the distribution specification: manifests, blobs and tags are read, nothing is written.
class Oci {
 public:
  Oci(Web& web, Cache& cache, const Credentials& credentials, const chart::Access& access)
      : web_(web), cache_(cache), credentials_(credentials), access_(access) {}

  chart::FetchedChart fetch(const chart::InRegistry& at, const std::string& version);
  /// The version that a text or a range means there.
  std::string version(const chart::InRegistry& at, const std::string& wanted);

 private:
  /// The part of a manifest that is the chart.
  struct Layer {
    std::string digest;  ///< in hex
    double bytes = 0;
  };

  std::vector<std::string> versions(const chart::InRegistry& at);
  Layer layer(const chart::InRegistry& at, const std::string& reference);
  Came ask(const chart::InRegistry& at, const std::string& path, const std::string& accept, std::size_t most);
  core::Secret authorization(const chart::InRegistry& at, const Came& refused);
  core::Secret token(const chart::InRegistry& at, const std::string& header, const Credential& who);
  Credential who(const chart::InRegistry& at) const;
  [[noreturn]] void refuse(const chart::InRegistry& at, const Came& came) const;

  Web& web_;
  Cache& cache_;
  const Credentials& credentials_;
  chart::Access access_;
  std::map<std::string, core::Secret> authorizations_;  ///< by host and name
};

}  // namespace gpuctl::registry
