#pragma once

#include "chart/release/release.hpp"

namespace gpuctl::chart::release {

/// The release that a stored object says, without its labels. As encoding/json does, it takes null for nothing and
/// passes over fields that it does not know. Throws JsonError: `chart.templates[2].data is not base64`.
Release from_object(const Value& object);

}  // namespace gpuctl::chart::release
