#pragma once

#include <string>
#include <vector>

#include "core/action.hpp"

namespace gpuctl::steps {

// What is known of the NVIDIA Container Toolkit's four packages (its CHANGELOG and packaging/; DOCTOR-RULES D18).

/// Whether the package is one of the four that must have one version.
bool is_sibling(const std::string& package);
/// Those of the four that are not named although another one is.
std::vector<std::string> undeclared_siblings(const std::vector<core::PackageVersion>&);
/// The version that the named siblings are to have; empty: any.
std::string sibling_version(const std::vector<core::PackageVersion>&);
/// A sentence about two named siblings of different versions; empty when they agree.
std::string unequal_siblings(const std::vector<core::PackageVersion>&);

/// The programs of the four packages that other steps look for.
struct Program {
  std::string package;
  std::string path;
};
const std::vector<Program>& programs();

inline constexpr const char* nvidia_ctk = "/usr/bin/nvidia-ctk";
inline constexpr const char* nvidia_runtime = "/usr/bin/nvidia-container-runtime";

}  // namespace gpuctl::steps
