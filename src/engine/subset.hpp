#pragma once

#include "core/change.hpp"

namespace gpuctl::engine {

/// Whether the actions of `fresh` are among those of `shown`, in the same order: nothing is done that was not shown.
bool is_part_of(const core::Change& fresh, const core::Change& shown);

/// Whether something of the change could not be decided before an earlier step was performed.
bool has_later(const core::Change&);

}  // namespace gpuctl::engine
