// libcurl brings thirty libraries along, which take as long to load as all that a run on a node does by itself. So it
// is not linked: its functions are defined here, and the first one that is called loads the library. Whoever includes
// curl.h need not know.

#include <curl/curl.h>

#include <cstdarg>

#include "core/error.hpp"
#include "util/late_library.hpp"

#undef curl_easy_getinfo
#undef curl_easy_setopt
#undef curl_multi_setopt

namespace {

using gpuctl::core::Error;
using gpuctl::core::ErrorKind;

/// Throws core::Error{unreachable}: it is not there, or too old.
void* function(const char* name) {
  // The name that its interface has had since 2006, whatever it was built with.
  static const gpuctl::util::LateLibrary library("libcurl.so.4");
  if (void* found = library.find(name)) return found;
  throw Error(ErrorKind::unreachable, "libcurl cannot be loaded: " + library.why(name), {},
              "install libcurl4, as Debian and Ubuntu call it");
}

template <class>
struct FirstOf;
template <class R, class First, class... Rest>
struct FirstOf<R (*)(First, Rest...)> {
  using type = First;
};

}  // namespace

// Looked up once for each function.
#define LATE(name) static const auto late = reinterpret_cast<decltype(&(name))>(function(#name))

// All that is handed over by these three is a long, a pointer or a curl_off_t: one register each, on every system that
// has 64 bits.
// (The last named parameter of each is an enumeration, as curl itself has it; clang would rather have an int there.)
#ifdef __clang__
#pragma clang diagnostic ignored "-Wvarargs"
#endif
static_assert(sizeof(long) == sizeof(void*) && sizeof(curl_off_t) == sizeof(void*));
#define HAND_OVER(call)                    \
  va_list list;                            \
  va_start(list, option);                  \
  void* const value = va_arg(list, void*); \
  va_end(list);                            \
  return call

extern "C" {

CURLcode curl_global_init(long flags) {
  LATE(curl_global_init);
  return late(flags);
}

CURL* curl_easy_init() {
  LATE(curl_easy_init);
  return late();
}

CURLcode curl_easy_setopt(CURL* curl, CURLoption option, ...) {
  LATE(curl_easy_setopt);
  HAND_OVER(late(curl, option, value));
}

CURLcode curl_easy_getinfo(CURL* curl, CURLINFO option, ...) {
  LATE(curl_easy_getinfo);
  HAND_OVER(late(curl, option, value));
}

CURLcode curl_easy_perform(CURL* curl) {
  LATE(curl_easy_perform);
  return late(curl);
}

void curl_easy_cleanup(CURL* curl) {
  LATE(curl_easy_cleanup);
  late(curl);
}

const char* curl_easy_strerror(CURLcode code) {
  LATE(curl_easy_strerror);
  return late(code);
}

CURLM* curl_multi_init() {
  LATE(curl_multi_init);
  return late();
}

CURLMcode curl_multi_setopt(CURLM* multi, CURLMoption option, ...) {
  LATE(curl_multi_setopt);
  HAND_OVER(late(multi, option, value));
}

CURLMcode curl_multi_add_handle(CURLM* multi, CURL* curl) {
  LATE(curl_multi_add_handle);
  return late(multi, curl);
}

CURLMcode curl_multi_remove_handle(CURLM* multi, CURL* curl) {
  LATE(curl_multi_remove_handle);
  return late(multi, curl);
}

CURLMcode curl_multi_perform(CURLM* multi, int* running) {
  LATE(curl_multi_perform);
  return late(multi, running);
}

CURLMcode curl_multi_poll(CURLM* multi, curl_waitfd* more, unsigned count, int ms, int* ready) {
  LATE(curl_multi_poll);
  return late(multi, more, count, ms, ready);
}

CURLMcode curl_multi_wakeup(CURLM* multi) {
  LATE(curl_multi_wakeup);
  return late(multi);
}

CURLMsg* curl_multi_info_read(CURLM* multi, int* left) {
  LATE(curl_multi_info_read);
  return late(multi, left);
}

CURLMcode curl_multi_cleanup(CURLM* multi) {
  LATE(curl_multi_cleanup);
  return late(multi);
}

CURLU* curl_url() {
  LATE(curl_url);
  return late();
}

CURLUcode curl_url_set(CURLU* url, CURLUPart part, const char* text, unsigned flags) {
  LATE(curl_url_set);
  return late(url, part, text, flags);
}

// Its first parameter is a const one since curl 8.0.
CURLUcode curl_url_get(FirstOf<decltype(&curl_url_get)>::type url, CURLUPart part, char** text, unsigned flags) {
  LATE(curl_url_get);
  return late(url, part, text, flags);
}

void curl_url_cleanup(CURLU* url) {
  LATE(curl_url_cleanup);
  late(url);
}

curl_slist* curl_slist_append(curl_slist* list, const char* text) {
  LATE(curl_slist_append);
  return late(list, text);
}

void curl_slist_free_all(curl_slist* list) {
  LATE(curl_slist_free_all);
  late(list);
}

void curl_free(void* memory) {
  LATE(curl_free);
  late(memory);
}

}  // extern "C"
