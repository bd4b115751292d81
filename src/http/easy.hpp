#pragma once

#include <curl/curl.h>

#include <memory>

namespace gpuctl::http {

struct CloseEasy {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct CloseMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct CloseUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct FreeText {
  void operator()(char* text) const { curl_free(text); }
};
using Easy = std::unique_ptr<CURL, CloseEasy>;
using Multi = std::unique_ptr<CURLM, CloseMulti>;
using Url = std::unique_ptr<CURLU, CloseUrl>;
using List = std::unique_ptr<curl_slist, FreeList>;

/// Loading TLS takes milliseconds that a run without HTTP must not pay: done once, when it is first wanted.
void initialise();

}  // namespace gpuctl::http
