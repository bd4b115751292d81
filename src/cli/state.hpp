#pragma once

#include <string>
#include <vector>

#include "cli/world.hpp"
#include "engine/lock.hpp"
#include "engine/task.hpp"

namespace gpuctl::cli {

/// `$XDG_STATE_HOME/gpuctl`, else `~/.local/state/gpuctl`; empty without a home.
std::string state_folder(const World&);

/// A lock for each host that provision is about to change. Throws Error{refused} with the holder.
std::vector<engine::Lock> lock_hosts(const std::vector<engine::Lane>&, const World&);

}  // namespace gpuctl::cli
