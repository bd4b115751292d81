#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace gpuctl::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// One request to a server.
struct Request {
  std::string method = "GET";
  std::string path;  ///< with its query, below the server's URL: `/api/v1/nodes?limit=500`
  Headers headers;
  std::string body;
  std::chrono::milliseconds time{30'000};     ///< from its turn to the last byte, repetitions included
  std::size_t most = std::size_t{32} << 20U;  ///< bytes of the answer; of a stream: not bounded
  /// Sending it twice does no harm: it is sent again once when the connection was lost, and twice after a 5xx.
  bool repeatable = true;
  /// A 429 is waited out as its Retry-After says, while there is time.
  bool patient = true;
};

struct Response {
  int status = 0;
  Headers headers;  ///< names in lower case
  std::string body;

  bool good() const { return status >= 200 && status <= 299; }
  /// A header's value; empty when there is none.
  std::string header(std::string_view name) const;
};

/// Why there is no answer. `why` is one sentence without a full stop.
struct Fault {
  enum class Kind {
    unreachable,  ///< no such name, no connection, a proxy that refuses
    untrusted,    ///< its certificate
    late,         ///< the deadline came first
    cut,          ///< the connection was lost in the middle
    too_large,
    cancelled,  ///< by us
  };
  Kind kind = Kind::unreachable;
  std::string why;
};

using Result = std::variant<Response, Fault>;

/// Where a transfer's news goes, on the client's own thread: be quick, and never call the client.
struct Sink {
  /// What came of a good answer's body; without it the body is collected.
  std::function<void(std::string_view)> data;
  /// Once, at the end. Nothing comes after it.
  std::function<void(const Result&)> end;
};

/// How long a server's Retry-After asks to wait: seconds; one second where it says nothing that is understood.
std::chrono::milliseconds retry_after(const Response&);

}  // namespace gpuctl::http
