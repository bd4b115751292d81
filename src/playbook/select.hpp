#pragma once

#include <string>
#include <vector>

#include "playbook/playbook.hpp"

namespace gpuctl::playbook {

/// What of a playbook is wanted: `--limit HOST`, `--only STEP`, `--skip STEP`. Empty: everything.
struct Selection {
  std::vector<std::string> limit;  ///< hosts and groups
  std::vector<std::string> only;
  std::vector<std::string> skip;
};

/// The part of a playbook that is wanted. Throws Error{usage}: an unknown name (with the nearest), or nothing is left.
Playbook select(Playbook playbook, const Selection& selection);

}  // namespace gpuctl::playbook
