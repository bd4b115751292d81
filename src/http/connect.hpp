#pragma once

#include <curl/curl.h>

#include <string>
#include <vector>

#include "http/client.hpp"
#include "http/easy.hpp"
#include "http/listener.hpp"

namespace gpuctl::http {

/// How every transfer of one server connects: its addresses, TLS, proxy and sockets. Used by the worker's thread only;
/// outlives the transfers.
class Connect {
 public:
  /// Throws core::Error{invalid}: no URL, another scheme than http and https.
  explicit Connect(Server);

  void set_up(CURL*);
  /// The server's host, as errors name it.
  const std::string& host() const { return host_; }
  const Server& server() const { return server_; }
  /// Hands what curl has connected to us since on to the carrier.
  void hand_over();
  /// Why a connection that the carrier has broke, or could not be made; empty: nothing is known.
  std::string broken();

 private:
  void set_up_tls(CURL*);
  void set_up_way(CURL*);
  void carry(int end);
  static curl_socket_t open_socket(void* self, curlsocktype, curl_sockaddr*);
  static int tune_socket(void* self, curl_socket_t, curlsocktype);

  Server server_;
  std::string host_;
  std::string port_;
  List connect_to_;
  std::vector<Listener> listeners_;
  std::vector<Broken> broken_;
  std::string refused_;
};

/// The server's URL with the request's path behind it, and `host` in place of its own where there is a `name`.
std::string url_of(const Server&, const std::string& path);
/// `host:port` as the Host header has it, where it is not the URL's that is asked; else empty.
std::string host_header(const Server&);

}  // namespace gpuctl::http
