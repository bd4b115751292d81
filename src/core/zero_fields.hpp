#pragma once

#include <string>

#include "core/kube.hpp"

namespace gpuctl::core {

/// Whether the API server keeps nothing of this field of the object, which is "", false or 0: in the types of
/// Kubernetes' own kinds most such fields are left out (`omitempty`), but for those that are pointers, because their
/// zero says something (`allowPrivilegeEscalation: false`), and for mappings whose keys are a person's own. A custom
/// resource keeps what it is given. Source: k8s.io/api's types.
bool is_left_out(const Fields& object, const std::string& pointer);

}  // namespace gpuctl::core
