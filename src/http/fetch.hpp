#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "core/answer.hpp"

namespace gpuctl::http {

/// How this machine reaches the world. Nothing of it is read from the environment behind main's back.
struct Route {
  std::string proxy;     ///< a proxy's URL; empty: none
  std::string no_proxy;  ///< hosts reached without it, joined by commas
  std::string ca_file;   ///< certificates to trust; empty: the system's
};

/// The route that the environment asks for: https_proxy, all_proxy, no_proxy (either case), CURL_CA_BUNDLE,
/// SSL_CERT_FILE. `variable` gives a variable's value, or the empty string.
Route route_of(const std::function<std::string(const std::string& name)>& variable);

struct Limits {
  std::size_t bytes = std::size_t{1} << 20;
  std::chrono::milliseconds time{30000};  ///< from the first look-up to the last byte
};

/// Fetches a file: Text, Absent (404 and 410), or Failed with one sentence. https with its certificate verified, or
/// http, for what is pinned by other means; at most five redirects, never from https to http. Thread-safe.
core::Answer fetch(const std::string& url, const Route& route, const Limits& limits = {});

}  // namespace gpuctl::http
