#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/secret.hpp"
#include "http/request.hpp"

namespace gpuctl::http {

/// Why a connection broke, where the socket itself does not know; an empty text: nothing is known.
using Broken = std::function<std::string()>;

/// Carries a connection to the server in a way of the caller's own: takes over `end`, one end of a local connection
/// that only this process has, and moves its bytes. Called on the client's thread; returns at once; throws core::Error.
using Carrier = std::function<Broken(int end)>;

/// One server and how it is reached. Nothing of it is read from the environment behind main's back.
struct Server {
  std::string url;          ///< `https://10.0.0.1:6443`, with a path if all of it lies below one
  std::string issuers;      ///< PEM: who may sign its certificate; empty: the system's, or ca_file
  std::string ca_file;      ///< instead of the system's
  std::string name;         ///< the name that its certificate must have; empty: the URL's host
  bool verify = true;       ///< false: any certificate
  std::string certificate;  ///< PEM: who we are; empty: nobody
  core::Secret key;         ///< PEM, of the certificate
  std::string proxy;        ///< http://, https:// or socks5://; empty: none
  std::string no_proxy;     ///< hosts reached without it, joined by commas
  Carrier carrier;          ///< in place of connections of our own; no proxy then
  std::string trust_hint;   ///< what names other issuers: `certificate-authority-data of cluster "x"`
  std::string name_hint;    ///< what names another name
};

class Worker;
class Transfer;

/// A request under way. Its end cancels it: after that nothing more reaches its sink.
class Exchange {
 public:
  Exchange() = default;
  Exchange(std::shared_ptr<Worker>, std::shared_ptr<Transfer>);
  Exchange(Exchange&&) noexcept = default;
  Exchange& operator=(Exchange&&) noexcept;
  ~Exchange();

  /// The answer, waited for; Fault{cancelled} when `stop` comes first.
  Result wait(const std::stop_token& stop = {}) const;
  /// Returns when nothing more can reach its sink.
  void cancel();
  explicit operator bool() const { return transfer_ != nullptr; }

 private:
  std::shared_ptr<Worker> worker_;
  std::shared_ptr<Transfer> transfer_;
};

/// Talks to one server: HTTP/2 where it can, many requests at a time over few connections, all moved by one thread of
/// the client's own. Thread-safe.
class Client {
 public:
  explicit Client(Server);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  Exchange start(Request, Sink = {});
  /// Starts all of them, and waits for all.
  std::vector<Result> all(std::vector<Request>, const std::stop_token& = {});
  Result send(Request, const std::stop_token& = {});

 private:
  std::shared_ptr<Worker> worker_;
};

}  // namespace gpuctl::http
