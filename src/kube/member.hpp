#pragma once

#include <string>

namespace gpuctl::kube {

/// The text that a JSON object has under `key`; empty where it has none, or something else.
template <class Json>
std::string text_at(const Json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->template get<std::string>() : std::string();
}

}  // namespace gpuctl::kube
