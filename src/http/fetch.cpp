#include "http/fetch.hpp"

#include <curl/curl.h>
#include <fmt/core.h>

#include <array>
#include <memory>
#include <optional>

#include "http/easy.hpp"
#include "http/explain.hpp"

namespace gpuctl::http {

namespace {

using core::Absent;
using core::Answer;
using core::Failed;
using core::Text;

std::optional<std::string> part_if_any(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return std::nullopt;
  const std::unique_ptr<char, FreeText> owner(text);
  return std::string(text);
}

struct Body {
  std::string bytes;
  std::size_t limit = 0;
};

std::size_t take(char* data, std::size_t size, std::size_t count, void* user) {
  auto& body = *static_cast<Body*>(user);
  const std::size_t more = size * count;
  if (body.bytes.size() + more > body.limit) return 0;  // ends the transfer with CURLE_WRITE_ERROR
  body.bytes.append(data, more);
  return more;
}

void set_up(CURL* curl, CURLU* url, const Route& route, const Limits& limits, Body& body) {
  curl_easy_setopt(curl, CURLOPT_CURLU, url);
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.time.count()));
  curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.bytes));
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "gpuctl");
  // An empty proxy, unlike none at all, keeps curl from reading the environment itself.
  curl_easy_setopt(curl, CURLOPT_PROXY, route.proxy.c_str());
  curl_easy_setopt(curl, CURLOPT_NOPROXY, route.no_proxy.c_str());
  if (!route.ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, route.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
}

Answer answer_of(CURL* curl, const std::string& host, Body body) {
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if (status == 404 || status == 410) return Absent{};
  if (status < 200 || status > 299) return Failed{fmt::format("{} answers with HTTP status {}", host, status)};
  return Text{std::move(body.bytes)};
}

}  // namespace

Route route_of(const std::function<std::string(const std::string&)>& variable) {
  const auto first = [&](std::initializer_list<const char*> names) {
    for (const char* name : names)
      if (std::string value = variable(name); !value.empty()) return value;
    return std::string();
  };
  return {first({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}), first({"no_proxy", "NO_PROXY"}),
          first({"CURL_CA_BUNDLE", "SSL_CERT_FILE"})};
}

core::Answer fetch(const std::string& url, const Route& route, const Limits& limits) {
  initialise();
  const Url parsed(curl_url());
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
    return Failed{fmt::format("\"{}\" is not a URL", url)};
  const std::string scheme = part_if_any(parsed.get(), CURLUPART_SCHEME).value_or("");
  if (scheme != "https" && scheme != "http")
    return Failed{fmt::format("{}: is refused, only https: and http: are fetched", scheme)};
  const std::string host = part_if_any(parsed.get(), CURLUPART_HOST).value_or("");
  const Easy curl(curl_easy_init());
  if (!curl) return Failed{"curl could not be started"};
  Body body{{}, limits.bytes};
  std::array<char, CURL_ERROR_SIZE> detail{};
  curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, detail.data());
  set_up(curl.get(), parsed.get(), route, limits, body);
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "https,http");
  curl_easy_setopt(curl.get(), CURLOPT_REDIR_PROTOCOLS_STR, scheme == "https" ? "https" : "https,http");
  const CURLcode code = curl_easy_perform(curl.get());
  if (code != CURLE_OK) return Failed{explain(code, curl.get(), {host, detail.data(), limits})};
  return answer_of(curl.get(), host, std::move(body));
}

}  // namespace gpuctl::http
