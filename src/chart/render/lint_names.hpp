#pragma once

#include <string>

namespace gpuctl::chart {

/// Why an object of the kind cannot have the name, in the API server's words; empty where it can. Which rule a kind has
/// is from `helm lint`.
std::string name_fault(const std::string& kind, const std::string& name);

}  // namespace gpuctl::chart
