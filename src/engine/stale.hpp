#pragma once

#include <span>

#include "core/plan.hpp"
#include "engine/plan.hpp"
#include "engine/saved_plan.hpp"

namespace gpuctl::engine {

/// An answer that is no longer what a plan was decided on.
struct Moved {
  std::string host;  ///< or `cluster`
  std::string what;  ///< `unit k3s-agent.service: since: 09:14:02, now 10:02:11`
  bool operator==(const Moved&) const = default;
};

/// The answers that count for a decision: not the clock, not what only a proof asks.
std::vector<Moved> moved(const Lane&, const core::Facts& then, const core::Facts& now);

/// Throws Error{refused} naming what moved, when anything did.
void demand_unmoved(std::span<const Moved>);

/// Makes the report of a saved plan performable again: asks each host the same questions and refuses, Error{refused},
/// when an answer or the playbook has moved. `lanes` are those of the playbook as it is now; they are cut down to the
/// hosts and steps that the plan has. A host that cannot be asked throws its Error{unreachable}.
core::Report revive(const SavedPlan&, std::vector<Lane>& lanes, const std::string& sha256, const Look&,
                    core::Progress&);

/// Asks every host of a plan again and refuses as revive() does: for a plan that waited for a person.
void demand_fresh(const core::Report& planned, std::span<const Lane>, const Look&);

}  // namespace gpuctl::engine
