#pragma once

#include <string>

#include "core/change.hpp"
#include "core/ports.hpp"

namespace gpuctl::engine {

/// What the units that `change` restarts have said last, from the host's journal: a person who reads that a unit did
/// not come back wants to know why. Empty where it restarts none, or the journal cannot be read.
std::string last_words(const core::Change& change, core::Observer& observer);

}  // namespace gpuctl::engine
