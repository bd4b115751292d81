#pragma once

#include <string>
#include <vector>

#include "chart/release/release.hpp"
#include "core/helm.hpp"
#include "steps/helm_objects.hpp"

namespace gpuctl::steps {

/// The hooks of a stored release for an event, in the order of their weights. Throws Error{invalid}: a stored manifest
/// holds what is no object.
std::vector<core::HelmHook> stored_hooks(const chart::release::Release&, const std::string& event,
                                         const ClusterScoped&);

}  // namespace gpuctl::steps
