#pragma once

#include <string>

#include "core/kube.hpp"

namespace gpuctl::kube {

/// An object's fields as the JSON that is sent. Members counted from 0 make a list, except where the API has mappings
/// whose keys are a person's own (data, labels, annotations, limits …).
std::string json_of(const core::Fields&);

}  // namespace gpuctl::kube
