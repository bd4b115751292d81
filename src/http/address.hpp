#pragma once

#include <string>
#include <utility>

namespace gpuctl::http {

/// Host and port that a URL leads to; its scheme's own port where it names none. Throws core::Error{invalid}.
std::pair<std::string, int> address_of(const std::string& url);

}  // namespace gpuctl::http
