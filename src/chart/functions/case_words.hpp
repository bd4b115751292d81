#pragma once

#include <string>
#include <string_view>

namespace gpuctl::chart {

/// Words between blanks, hyphens and underscores joined, each with a capital: `http_server` is `HttpServer`.
std::string pascal_case(std::string_view text);
/// Words in lower case with the connector between, where a capital or a number begins one: `HTTP20xOK` is
/// `http_20x_ok`.
std::string lower_words(std::string_view text, char connector);

}  // namespace gpuctl::chart
