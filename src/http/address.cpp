#include "http/address.hpp"

#include <fmt/core.h>

#include <charconv>

#include "core/error.hpp"
#include "http/easy.hpp"

namespace gpuctl::http {

namespace {

std::string part_or_default(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
  const std::unique_ptr<char, FreeText> owner(text);
  return text;
}

}  // namespace

std::pair<std::string, int> address_of(const std::string& url) {
  const Url parsed(curl_url());
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
    throw core::Error(core::ErrorKind::invalid, fmt::format("\"{}\" is not a URL", url));
  auto host = part_or_default(parsed.get(), CURLUPART_HOST);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const auto port = part_or_default(parsed.get(), CURLUPART_PORT);
  int number = 0;
  std::from_chars(port.data(), port.data() + port.size(), number);
  return {host, number};
}

}  // namespace gpuctl::http
