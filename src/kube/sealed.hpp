#pragma once

#include "core/probe.hpp"
#include "core/seal.hpp"

namespace gpuctl::kube {

/// The answer with words in place of a Secret's values: nothing behind this room has these.
core::Answer sealed(const core::Probe&, core::Answer, const core::Seal&);

/// What is sent, with the values that the words stand for. Throws Error{refused} for a word that nobody knows.
core::Fields opened(const core::KubeRef&, core::Fields, const core::Seal&);

}  // namespace gpuctl::kube
