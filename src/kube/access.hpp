#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/secret.hpp"

namespace gpuctl::kube {

/// Everything that it takes to reach one API server as one user: what a context of a kubeconfig comes to.
struct Access {
  std::string context, cluster, user;  ///< names in the kubeconfig
  std::string server;                  ///< its URL
  std::string issuers;                 ///< PEM; empty: the system's
  bool verify = true;
  std::string server_name;  ///< that its certificate must have; empty: the URL's host
  std::string proxy;        ///< of the kubeconfig; empty: it names none
  std::string namespace_;   ///< the context's

  std::string certificate;  ///< PEM; empty: none
  core::Secret key;
  core::Secret token;
  std::string username;
  core::Secret password;
  std::string who;     ///< for people: `the client certificate of user "admin"`
  std::string advice;  ///< what to do when the API server does not accept it

  core::Where server_at, issuers_at, user_at;  ///< in the kubeconfig

  /// What no output may show.
  std::vector<core::Secret> secrets() const;
};

}  // namespace gpuctl::kube
