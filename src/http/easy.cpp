#include "http/easy.hpp"

#include <mutex>

namespace gpuctl::http {

void initialise() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace gpuctl::http
