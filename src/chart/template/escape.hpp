#pragma once

#include <string>
#include <string_view>

namespace gpuctl::chart {

// The text inside HTML, a JavaScript string and a URL's query, as Go's text/template escapes it.
std::string html_escaped(std::string_view text);
std::string js_escaped(std::string_view text);
std::string query_escaped(std::string_view text);

}  // namespace gpuctl::chart
