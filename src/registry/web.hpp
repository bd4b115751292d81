#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>

#include "chart/source/access.hpp"
#include "chart/source/address.hpp"
#include "http/client.hpp"
#include "http/fetch.hpp"

namespace gpuctl::registry {

/// What is asked of a server.
struct Question {
  chart::Address address;
  std::string accept;
  /// The Authorization of `address`'s server: it goes nowhere else, wherever a redirect leads.
  core::Secret authorization;
  http::Headers more;
  std::size_t most = 0;     ///< bytes of a good answer
  bool compressed = false;  ///< the server may compress it for the way
  std::string form;         ///< posted, where there is one
};

struct Came {
  http::Response response;
  chart::Address from;  ///< behind the redirects
};

/// How this machine asks, whatever it asks for.
struct WebOptions {
  http::Route route;
  std::chrono::milliseconds time{120'000};
  std::stop_token stop;
  /// The bytes of a certificate's or a key's file; throws core::Error{invalid}.
  std::function<std::string(const std::string& path)> read;
};

/// Asks servers: a client for each, redirects followed, credentials kept where they belong.
class Web {
 public:
  explicit Web(WebOptions options) : options_(std::move(options)) {}

  /// Whatever status the answer has, but no redirect. Throws core::Error: no answer, a redirect from https to http or
  /// without end, Ctrl-C.
  Came ask(Question question, const chart::Access& access);

 private:
  http::Client& client(const chart::Address& address, const chart::Access& access);
  http::Response once(const Question& question, const chart::Access& access);

  WebOptions options_;
  std::map<std::string, std::unique_ptr<http::Client>> clients_;
};

/// `Basic …` of a name and a password; empty where there is no name.
core::Secret basic(const std::string& user, const core::Secret& password);

/// An answer that is of no use, as an error: what was asked, what came, what to do.
[[noreturn]] void refuse_status(const Came& came, const std::string& hint);

/// The last part of an address's path.
std::string file_name(const chart::Address& address);

}  // namespace gpuctl::registry
