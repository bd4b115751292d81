#include "engine/summary.hpp"

#include <vector>

#include "util/strings.hpp"

namespace gpuctl::engine {

namespace {

std::string system_of(const core::Record& platform) {
  const auto name = core::text_of(platform, "name");
  const auto version = core::text_of(platform, "version");
  if (name.empty()) return core::text_of(platform, "id") + " " + version;
  return name.find(version) == std::string::npos ? name + " " + version : name;
}

}  // namespace

std::string summary_of(const core::Facts& facts) {
  const auto* platform = facts.record(core::Platform{});
  if (!platform) return {};
  std::vector<std::string> parts;
  for (const auto& part : {std::string(util::trim(system_of(*platform))), core::text_of(*platform, "kernel")})
    if (!part.empty()) parts.push_back(part);
  return util::join(parts, " · ");
}

}  // namespace gpuctl::engine
