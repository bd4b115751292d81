#pragma once

#include <curl/curl.h>

#include <string>

#include "http/fetch.hpp"

namespace gpuctl::http {

/// One sentence about a transfer that did not end well, for people. `detail` is curl's own text.
std::string explain(CURLcode code, CURL* curl, const std::string& host, const std::string& detail,
                    const Limits& limits);

}  // namespace gpuctl::http
