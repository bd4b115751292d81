#include "http/explain.hpp"

#include <fmt/core.h>

#include <cstring>

namespace gpuctl::http {

namespace {

// What OpenSSL's verification answers (X509_V_ERR_*, openssl/x509_vfy.h).
constexpr long not_yet_valid = 9;
constexpr long expired = 10;
constexpr long self_signed = 18;
constexpr long self_signed_in_chain = 19;
constexpr long unknown_issuer = 20;
constexpr long unverifiable_first = 21;

/// curl checks the name itself, after OpenSSL was content.
bool is_name_fault(const std::string& detail) {
  return detail.find("host name '") != std::string::npos;
}

std::string certificate_fault(CURL* curl, const Circumstances& around) {
  long result = 0;
  curl_easy_getinfo(curl, CURLINFO_SSL_VERIFYRESULT, &result);
  switch (result) {
    case not_yet_valid:
      return "it is not valid yet (is the clock of this machine right?)";
    case expired:
      return "it has expired";
    case self_signed:
      return "it is self-signed";
    case self_signed_in_chain:
    case unknown_issuer:
    case unverifiable_first:
      return fmt::format("its issuer is not known here ({} names other issuers to trust)", around.trust_hint);
    default:
      break;
  }
  if (around.name_hint.empty() || !is_name_fault(around.detail)) return around.detail;
  return fmt::format("it is not made out for that name ({} names another one)", around.name_hint);
}

/// A proxy that will not connect ends the connection, too.
std::string lost(CURL* curl, const std::string& host) {
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_HTTP_CONNECTCODE, &status);
  if (status >= 300) return fmt::format("the proxy does not connect to {}: HTTP status {}", host, status);
  return fmt::format("the connection to {} was lost before the answer was whole", host);
}

std::string connect_fault(CURL* curl, const std::string& detail) {
  long error = 0;
  curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &error);
  return error != 0 ? std::strerror(static_cast<int>(error)) : detail;
}

}  // namespace

std::string explain(CURLcode code, CURL* curl, const Circumstances& around) {
  const std::string& host = around.host;
  const std::string said = around.detail.empty() ? curl_easy_strerror(code) : around.detail;
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return fmt::format("no address is known for {}", host);
    case CURLE_COULDNT_RESOLVE_PROXY:
      return fmt::format("no address is known for the proxy: {}", said);
    case CURLE_COULDNT_CONNECT:
      return fmt::format("cannot connect to {}: {}", host, connect_fault(curl, said));
    case CURLE_OPERATION_TIMEDOUT:
      return fmt::format("{} did not deliver within {} ms", host, around.limits.time.count());
    case CURLE_PEER_FAILED_VERIFICATION:
      return fmt::format("the certificate of {} is not accepted: {}", host, certificate_fault(curl, around));
    case CURLE_SSL_CACERT_BADFILE:
      return fmt::format("the file of trusted certificates cannot be read: {}", said);
    case CURLE_SSL_CERTPROBLEM:
      return fmt::format("the client certificate or its key cannot be used: {}", said);
    case CURLE_SSL_CONNECT_ERROR:
      return fmt::format("{}: no TLS connection could be made: {}", host, said);
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return lost(curl, host);
    case CURLE_TOO_MANY_REDIRECTS:
      return fmt::format("{} redirects more than five times", host);
    case CURLE_UNSUPPORTED_PROTOCOL:
      return fmt::format("{} redirects to what is not https", host);
    case CURLE_FILESIZE_EXCEEDED:
    case CURLE_WRITE_ERROR:
      return fmt::format("the file is larger than {} bytes", around.limits.bytes);
    default:
      return fmt::format("{}: {}", host, said);
  }
}

}  // namespace gpuctl::http
