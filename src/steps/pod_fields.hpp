#pragma once

#include <string>

#include "core/kube.hpp"
#include "core/params.hpp"

namespace gpuctl::steps {

/// The pod that a `test_pod` step describes, as it is created: pinned to `node`, but placed by the scheduler. Throws
/// Error{invalid}.
core::Fields pod_fields(core::Params& params, const core::KubeRef& ref, const std::string& node);

}  // namespace gpuctl::steps
