#include "steps/toolkit.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace gpuctl::steps {

using core::PackageVersion;

namespace {

const std::vector<std::string> siblings{"nvidia-container-toolkit", "nvidia-container-toolkit-base",
                                        "libnvidia-container-tools", "libnvidia-container1"};

bool is_named(const std::vector<PackageVersion>& packages, const std::string& name) {
  return std::ranges::find(packages, name, &PackageVersion::name) != packages.end();
}

}  // namespace

bool is_sibling(const std::string& package) {
  return std::ranges::find(siblings, package) != siblings.end();
}

std::vector<std::string> undeclared_siblings(const std::vector<PackageVersion>& packages) {
  std::vector<std::string> out;
  if (sibling_version(packages).empty()) return out;
  for (const auto& name : siblings)
    if (!is_named(packages, name)) out.push_back(name);
  return out;
}

std::string sibling_version(const std::vector<PackageVersion>& packages) {
  for (const auto& package : packages)
    if (is_sibling(package.name) && !package.version.empty()) return package.version;
  return {};
}

std::string unequal_siblings(const std::vector<PackageVersion>& packages) {
  const PackageVersion* first = nullptr;
  for (const auto& package : packages) {
    if (!is_sibling(package.name)) continue;
    if (first && first->version != package.version)
      return fmt::format("{} {} and {} {} cannot go together", first->name, first->version, package.name,
                         package.version);
    first = &package;
  }
  return {};
}

const std::vector<Program>& programs() {
  static const std::vector<Program> all{
      {"nvidia-container-toolkit", "/usr/bin/nvidia-container-runtime-hook"},
      {"nvidia-container-toolkit-base", nvidia_runtime},
      {"nvidia-container-toolkit-base", nvidia_ctk},
      {"libnvidia-container-tools", "/usr/bin/nvidia-container-cli"},
  };
  return all;
}

}  // namespace gpuctl::steps
