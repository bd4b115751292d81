#pragma once

#include <vector>

#include "cli/world.hpp"
#include "engine/saved_plan.hpp"
#include "engine/task.hpp"
#include "playbook/playbook.hpp"

namespace gpuctl::cli {

/// A playbook, and what of it this run is about.
struct Site {
  playbook::Playbook playbook;
  std::vector<engine::Lane> lanes;  ///< hosts that a step touches, in the playbook's order
};

/// Reads the playbook with overlays and variables, and applies --limit, --only, --skip, --user and --identity.
/// Throws Error{invalid} for the playbook, Error{usage} for a name that it does not have.
Site load_site(const Arguments&, const World&);

/// What a plan is made from, for the file that it is saved in.
engine::Origin origin_of(const Arguments&);

}  // namespace gpuctl::cli
