#include "chart/functions/zones.hpp"

#include "chart/go/zone_file.hpp"

namespace gpuctl::chart {

namespace {

bool leaves(const std::string& name) {
  return name[0] == '/' || name[0] == '\\' || name.find("..") != std::string::npos ||
         name.find('\0') != std::string::npos;
}

}  // namespace

std::shared_ptr<const go::Zone> zone_or_utc(Engine& engine, const std::string& name) {
  if (name.empty() || name == "UTC" || leaves(name)) return go::Zone::utc();
  const auto file = engine.zone(name);
  const auto zone = file ? go::zone_of(name, *file) : nullptr;
  return zone ? zone : go::Zone::utc();
}

}  // namespace gpuctl::chart
