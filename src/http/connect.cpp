#include "http/connect.hpp"

#include <fmt/core.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <utility>

#include "core/error.hpp"

namespace gpuctl::http {

namespace {

/// Sent bytes that stay unacknowledged so long, or keepalives that do, mean a dead link.
constexpr unsigned silence_ms = 20'000;

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return {};
  const std::unique_ptr<char, FreeText> owner(text);
  return text;
}

Url parsed(const std::string& text) {
  Url url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) url.reset();
  return url;
}

/// Without a copy: the server's texts live as long as the transfers.
void set_blob(CURL* curl, CURLoption option, const std::string& bytes) {
  curl_blob blob{const_cast<char*>(bytes.data()), bytes.size(), CURL_BLOB_NOCOPY};
  curl_easy_setopt(curl, option, &blob);
}

/// Kubernetes' clients resolve names at the SOCKS proxy under this scheme; curl calls that socks5h.
std::string curl_proxy(const std::string& proxy) {
  constexpr std::string_view scheme = "socks5://";
  return proxy.starts_with(scheme) ? "socks5h://" + proxy.substr(scheme.size()) : proxy;
}

}  // namespace

std::string url_of(const Server& server, const std::string& path) {
  std::string base = server.url;
  if (!server.name.empty()) {
    const Url url = parsed(server.url);
    if (url && curl_url_set(url.get(), CURLUPART_HOST, server.name.c_str(), 0) == CURLUE_OK)
      base = part(url.get(), CURLUPART_URL);
  }
  while (base.ends_with('/')) base.pop_back();
  return base + path;
}

std::string host_header(const Server& server) {
  if (server.name.empty()) return {};
  const Url url = parsed(server.url);
  return part(url.get(), CURLUPART_HOST) + ":" + part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

Connect::Connect(Server server) : server_(std::move(server)) {
  const Url url = parsed(server_.url);
  const std::string scheme = url ? part(url.get(), CURLUPART_SCHEME) : "";
  host_ = url ? part(url.get(), CURLUPART_HOST) : "";
  if ((scheme != "https" && scheme != "http") || host_.empty())
    throw core::Error(core::ErrorKind::invalid, fmt::format("\"{}\" is not an https:// or http:// URL", server_.url));
  port_ = part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  // Another name in the URL, for its certificate, must not lead to another place; and a carrier needs no name
  // looked up.
  const std::string to = server_.carrier ? "127.0.0.1" : server_.name.empty() ? "" : host_;
  if (!to.empty()) connect_to_.reset(curl_slist_append(nullptr, fmt::format("::{}:{}", to, port_).c_str()));
}

std::string Connect::broken() {
  for (auto at = broken_.rbegin(); at != broken_.rend(); ++at)
    if (std::string text = (*at)(); !text.empty()) return text;
  return refused_;
}

void Connect::carry(int end) {
  try {
    auto broken = server_.carrier(end);
    refused_.clear();
    if (broken) broken_.push_back(std::move(broken));
  } catch (const core::Error& error) {
    refused_ = error.message();
  } catch (const std::exception& error) {
    refused_ = error.what();
  }
}

void Connect::hand_over() {
  // A connection to ourselves stands as soon as curl has asked for it; what has none by now gets none.
  for (const auto& listener : std::exchange(listeners_, {}))
    if (const int end = listener.accept(); end >= 0) carry(end);
}

/// curl up to 7.88 connects even a socket that is said to be connected, so it is given somebody to connect to.
curl_socket_t Connect::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  Listener listener;
  if (!listener) return CURL_SOCKET_BAD;
  address->family = AF_UNIX;
  address->protocol = 0;
  address->addrlen = listener.address(&address->addr);
  static_cast<Connect*>(self)->listeners_.push_back(std::move(listener));
  return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

int Connect::tune_socket(void* self, curl_socket_t socket, curlsocktype) {
  if (static_cast<Connect*>(self)->server_.carrier) return CURL_SOCKOPT_OK;
  setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &silence_ms, sizeof silence_ms);
  return CURL_SOCKOPT_OK;
}

void Connect::set_up(CURL* curl) {
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "gpuctl");
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http");
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set_up_way(curl);
  set_up_tls(curl);
}

void Connect::set_up_way(CURL* curl) {
  // An empty proxy, unlike none at all, keeps curl from reading the environment itself.
  curl_easy_setopt(curl, CURLOPT_PROXY, server_.carrier ? "" : curl_proxy(server_.proxy).c_str());
  curl_easy_setopt(curl, CURLOPT_NOPROXY, server_.no_proxy.c_str());
  curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(curl, CURLOPT_TCP_KEEPIDLE, 10L);
  curl_easy_setopt(curl, CURLOPT_TCP_KEEPINTVL, 5L);
  if (connect_to_) curl_easy_setopt(curl, CURLOPT_CONNECT_TO, connect_to_.get());
  curl_easy_setopt(curl, CURLOPT_SOCKOPTFUNCTION, tune_socket);
  curl_easy_setopt(curl, CURLOPT_SOCKOPTDATA, this);
  if (!server_.carrier) return;
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, this);
}

void Connect::set_up_tls(CURL* curl) {
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, server_.verify ? 1L : 0L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, server_.verify ? 2L : 0L);
  if (!server_.issuers.empty()) {
    set_blob(curl, CURLOPT_CAINFO_BLOB, server_.issuers);
    curl_easy_setopt(curl, CURLOPT_CAINFO, nullptr);
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  } else if (!server_.ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, server_.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  if (server_.certificate.empty()) return;
  set_blob(curl, CURLOPT_SSLCERT_BLOB, server_.certificate);
  set_blob(curl, CURLOPT_SSLKEY_BLOB, server_.key.reveal());
}

}  // namespace gpuctl::http
