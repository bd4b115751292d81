#pragma once

#include <chrono>
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

/// A request under way, and how many round trips its answer is the last of.
struct Sent {
  http::Exchange exchange;
  int depth = 0;
};

/// Requests to one API server, as one user. Thread-safe.
class Api {
 public:
  Api(Access, Options);

  /// Starts a request with our credentials.
  Sent start(http::Request, http::Sink = {});
  /// Starts all of them and waits for all. Throws Error: unreachable (no answer, 401), interrupted.
  std::vector<http::Response> all(std::vector<http::Request>);
  http::Response send(http::Request);
  /// What a request came to. Throws as all() does; too large an answer becomes HTTP status 0 with its reason as body.
  http::Response answer(const Sent&) const;

  http::Request get(std::string path) const;
  http::Request request(std::string method, std::string path, std::string content_type, std::string body) const;

  /// Throws Error{interrupted} once the run is to stop.
  void check_stop() const;
  const std::stop_token& stop() const { return options_.stop; }
  const Access& access() const { return access_; }
  const Options& options() const { return options_; }
  Trace::Counts counts() const { return trace_.counts(); }

 private:
  http::Response checked(http::Result) const;

  Access access_;
  Options options_;
  mutable Trace trace_;
  http::Client client_;
};

}  // namespace gpuctl::kube
