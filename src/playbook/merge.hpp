#pragma once

#include "core/node.hpp"

namespace gpuctl::playbook {

/// `over` laid over `base`: mappings merge key by key, anything else replaces, and nothing (`~`) takes the key away.
core::Node merged(core::Node base, const core::Node& over);

/// A whole overlay: as merged(), but `steps` merge by their names. Throws Error{invalid}: a step that the playbook
/// does not have (with the nearest), or that is of another kind there.
core::Node overlaid(core::Node playbook, const core::Node& overlay);

}  // namespace gpuctl::playbook
