#include "cli/zone.hpp"

#include "cli/chart_disk.hpp"
#include "core/error.hpp"

namespace gpuctl::cli {

namespace {

constexpr std::size_t most_bytes = 1UL << 20U;

std::string zone_path(const std::string& name) {
  return name.starts_with('/') ? name : "/usr/share/zoneinfo/" + name;
}

/// Empty: UTC.
std::string local_path(const World& world) {
  const auto named = world.variable ? world.variable("TZ") : std::nullopt;
  if (!named) return "/etc/localtime";
  const auto name = named->starts_with(':') ? named->substr(1) : *named;
  return name.empty() || name == "UTC" ? "" : zone_path(name);
}

}  // namespace

std::optional<std::string> zone_file(const World& world, const std::string& name) {
  const auto path = name == "Local" ? local_path(world) : zone_path(name);
  ChartDisk disk;
  if (path.empty() || disk.look(path) != chart::Disk::What::file) return std::nullopt;
  try {
    return disk.read(path, most_bytes);
  } catch (const core::Error&) {
    return std::nullopt;
  }
}

}  // namespace gpuctl::cli
