#pragma once

#include <functional>
#include <string>

namespace gpuctl::kube {

/// Reads a JSON text once and tells each leaf with its pointer, in order; empty mappings and lists are leaves. False:
/// it is no JSON, or no mapping.
bool walk(const std::string& json, const std::function<void(const std::string& pointer, std::string text)>& leaf);

}  // namespace gpuctl::kube
