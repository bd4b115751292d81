#include "http/request.hpp"

#include <algorithm>
#include <charconv>

namespace gpuctl::http {

std::string Response::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& h) { return h.first == name; });
  return found == headers.end() ? std::string() : found->second;
}

std::chrono::milliseconds retry_after(const Response& response) {
  const std::string text = response.header("retry-after");
  int seconds = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  // An HTTP date is allowed, too; no API server sends one.
  if (fault != std::errc() || end != text.data() + text.size() || seconds < 0) return std::chrono::seconds(1);
  return std::chrono::seconds(std::min(seconds, 3600));
}

}  // namespace gpuctl::http
