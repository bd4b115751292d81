#pragma once

#include <string>

namespace gpuctl::chart {

/// That Kubernetes 1.`minor` deprecates the kind, since when, until when it is served, and what is used instead, in the
/// API server's words; empty where it does not.
std::string deprecation(const std::string& api_version, const std::string& kind, int minor);

}  // namespace gpuctl::chart
