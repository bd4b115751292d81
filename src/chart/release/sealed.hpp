#pragma once

#include <string>

#include "core/seal.hpp"

namespace gpuctl::chart::release {

/// The manifest with words of the seal, which keeps the values, in the place of what its Secrets hold; their texts
/// under stringData stand encoded under data, as the server has them. A document that is no YAML is left out.
std::string sealed_manifest(const std::string& manifest, core::Seal& seal);

}  // namespace gpuctl::chart::release
