#pragma once

#include <curl/curl.h>

#include <string>

#include "http/fetch.hpp"

namespace gpuctl::http {

/// What an explanation may need besides curl's code.
struct Circumstances {
  std::string host;
  std::string detail;  ///< curl's own text
  Limits limits;
  std::string trust_hint = "SSL_CERT_FILE";  ///< what names other issuers to trust
  std::string name_hint;                     ///< what names another name to expect
};

/// One sentence about a transfer that did not end well, for people.
std::string explain(CURLcode code, CURL* curl, const Circumstances&);

}  // namespace gpuctl::http
