#pragma once

#include <string>
#include <vector>

namespace gpuctl::playbook {

/// The hint for a name that is not one of `names`: `did you mean "x"?`, or `KNOWN a, b, c`.
std::string nearest_of(const std::string& name, const std::vector<std::string>& names, const std::string& known);

}  // namespace gpuctl::playbook
