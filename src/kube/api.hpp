#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "core/helm_book.hpp"
#include "core/seal.hpp"
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
  /// Of the words that stand for Secrets' values; without it none is known.
  std::shared_ptr<core::Seal> seal;
  /// Reads and writes Helm's releases; without it none can be asked for.
  std::shared_ptr<const core::HelmBook> book;
  /// Why an object of a release is not ready; empty: it is. Without it none is waited for.
  std::function<std::string(const core::KubeRef&, const core::Record&)> unready;
  std::chrono::milliseconds request{30'000};  ///< for each request
  std::stop_token stop;                       ///< Ctrl-C: ends every wait with Error{interrupted}
  /// The access read anew, after a 401: a token or a certificate may have been renewed since. None: it is what it is.
  std::function<Access()> renew;
};

/// One set of credentials, and the connections that were made with it.
struct Login {
  explicit Login(Access, const Options&);

  Access access;
  http::Client client;
  std::atomic<bool> accepted = false;  ///< some answer was not 401
  bool renewed = false;                ///< after a 401 to the one before
  bool given_up = false;               ///< there is no other
};

/// A request under way, and how many round trips its answer is the last of.
struct Sent {
  http::Exchange exchange;
  int depth = 0;
  std::shared_ptr<Login> login;
  http::Request request;  ///< to be sent once more
};

/// Requests to one API server, as one user. Thread-safe.
class Api {
 public:
  Api(Access, Options);

  /// Starts a request with our credentials. Where they are refused, answer() renews them and asks once more; of a
  /// stream its owner does, by renew().
  Sent start(http::Request, http::Sink = {});
  /// Starts all of them and waits for all. Throws Error: unreachable (no answer, 401), interrupted.
  std::vector<http::Response> all(std::vector<http::Request>);
  http::Response send(http::Request);
  /// The same for what is tidied up when the run is to stop already: within some seconds, whatever Ctrl-C says.
  http::Response send_at_last(http::Request);
  /// What a request came to. Throws as all() does; too large an answer becomes HTTP status 0 with its reason as body.
  http::Response answer(const Sent&);
  /// After a 401: reads the access anew. False: there are no other credentials than those that were refused. Throws
  /// what reading them throws.
  bool renew(const std::shared_ptr<Login>& refused);

  http::Request get(std::string path) const;
  http::Request request(std::string method, std::string path, std::string content_type, std::string body) const;

  /// Throws Error{interrupted} once the run is to stop.
  void check_stop() const;
  const std::stop_token& stop() const { return options_.stop; }
  const Access& access() const { return access_; }
  const core::Seal& seal() const { return *options_.seal; }
  const Options& options() const { return options_; }
  Trace::Counts counts() const { return trace_.counts(); }

 private:
  std::shared_ptr<Login> login();
  http::Response checked(http::Result, const Login&) const;
  http::Response answered(http::Result, const Login&) const;

  Access access_;
  Options options_;
  Trace trace_;
  std::mutex mutex_;
  std::shared_ptr<Login> login_;
};

}  // namespace gpuctl::kube
