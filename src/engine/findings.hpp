#pragma once

#include <string>
#include <vector>

#include "core/facts.hpp"

namespace gpuctl::engine {

/// Where reality and prediction part, one sentence each.
struct Findings {
  std::vector<std::string> broken_promises;  ///< predicted, but not so
  std::vector<std::string> unforeseen;       ///< changed, though nobody predicted it
  bool none() const { return broken_promises.empty() && unforeseen.empty(); }
};

/// Compares what was `gathered` after an action with what was `predicted` from `before`. The clock and the outputs of
/// commands move by themselves and are left out.
Findings compare(const core::Facts& before, const core::Facts& predicted, const core::Facts& gathered);

/// Whether an answer moves by itself, so that a difference says nothing.
bool moves_by_itself(const core::Probe&);

/// An object's answer without what the cluster itself keeps up to date: its status, its versions.
core::Answer without_status(const core::Probe&, const core::Answer&);

/// The fields of `now` that do not confirm `then`, as `field: THEN, now NOW`; whole answers where they are no records.
std::string difference(const core::Answer& then, const core::Answer& now);

}  // namespace gpuctl::engine
