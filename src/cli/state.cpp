#include "cli/state.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <ctime>

namespace gpuctl::cli {

std::string state_folder(const World& world) {
  const auto state = world.variable("XDG_STATE_HOME");
  if (state && state->starts_with('/')) return *state + "/gpuctl";
  const auto home = world.variable("HOME");
  return home && !home->empty() ? *home + "/.local/state/gpuctl" : "";
}

std::vector<engine::Lock> lock_hosts(const std::vector<engine::Lane>& lanes, const World& world) {
  char since[16] = "";
  const auto now = std::time(nullptr);
  std::tm local{};
  std::strftime(since, sizeof since, "%H:%M:%S", localtime_r(&now, &local));
  const auto holder = fmt::format("process {} since {}", ::getpid(), since);
  std::vector<engine::Lock> locks;
  for (const auto& lane : lanes) {
    const auto& host = lane.host;
    const auto name = host.address.empty() ? host.name : host.address;
    locks.emplace_back(state_folder(world), host.port == 0 ? name : fmt::format("{}:{}", name, host.port), holder);
  }
  return locks;
}

}  // namespace gpuctl::cli
