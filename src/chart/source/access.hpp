#pragma once

#include <string>

#include "core/secret.hpp"

namespace gpuctl::chart {

/// Who asks for charts, and whom is trusted, by the names of Helm's flags.
struct Access {
  std::string username;
  core::Secret password;
  std::string ca_file;              ///< who may sign the server's certificate; empty: the system's
  std::string cert_file, key_file;  ///< who we are
  bool insecure_skip_tls_verify = false;
  bool pass_credentials = false;  ///< username and password go to whatever server an index names
  bool plain_http = false;        ///< of registries: http:// behind oci://

  /// Whether it says anything about a repository.
  bool given() const { return !username.empty() || !ca_file.empty() || !cert_file.empty() || insecure_skip_tls_verify; }
};

}  // namespace gpuctl::chart
