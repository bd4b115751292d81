#pragma once

#include <cstdint>
#include <string>

#include "kube/access.hpp"
#include "kube/kubeconfig_value.hpp"

namespace gpuctl::kube {

/// Runs the credential plugin of a user (client.authentication.k8s.io/v1, v1beta1) and puts what it says into `access`,
/// whose cluster is known. Throws Error{failed} at its place: it cannot be started, fails, prints rubbish.
void run_exec_plugin(const Section& exec, const Outside&, Access& access);

/// What a plugin printed.
struct ExecCredential {
  std::string token, certificate, key;
  std::string expires;  ///< RFC 3339; empty: never
};

/// Throws Error{failed} with one sentence; `api_version` is the one that was asked for, `now` in RFC 3339, UTC.
ExecCredential read_exec_credential(const std::string& output, const std::string& api_version, const std::string& now);

/// The text of KUBERNETES_EXEC_INFO.
std::string exec_info(const std::string& api_version, const Access* cluster);

}  // namespace gpuctl::kube
