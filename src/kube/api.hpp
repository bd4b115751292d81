#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "http/client.hpp"
#include "kube/access.hpp"
#include "kube/trace.hpp"

namespace gpuctl::kube {

/// How an API server is reached, besides what its kubeconfig says.
struct Options {
  /// Carries connections to the API server, where it is not reached directly: through a host, named `through`.
  http::Carrier carrier;
  std::string through;
  /// Where the kubeconfig names no proxy-url and no issuers.
  std::string proxy, no_proxy, ca_file;
  std::chrono::milliseconds request{30'000};  ///< for each request
  std::stop_token stop;                       ///< Ctrl-C: ends every wait with Error{interrupted}
};

/// Requests to one API server, as one user. Thread-safe.
class Api {
 public:
  Api(Access, Options);

  /// Starts a request with our credentials.
  http::Exchange start(http::Request, http::Sink = {});
  /// Starts all of them and waits for all. Throws Error: unreachable (no answer, 401), interrupted.
  std::vector<http::Response> all(std::vector<http::Request>);
  http::Response send(http::Request);
  /// What an exchange came to. Throws as all() does; too large an answer becomes HTTP status 0 with its reason as body.
  http::Response answer(const http::Exchange&) const;

  http::Request get(std::string path) const;
  http::Request request(std::string method, std::string path, std::string content_type, std::string body) const;

  /// Throws Error{interrupted} once the run is to stop.
  void check_stop() const;
  const std::stop_token& stop() const { return options_.stop; }
  const Access& access() const { return access_; }
  const Options& options() const { return options_; }
  Trace::Counts counts() const { return trace_->counts(); }

 private:
  http::Response checked(http::Result) const;

  Access access_;
  Options options_;
  std::shared_ptr<Trace> trace_ = std::make_shared<Trace>();
  http::Client client_;
};

}  // namespace gpuctl::kube
