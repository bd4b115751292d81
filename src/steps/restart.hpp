#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/facts.hpp"
#include "steps/draft.hpp"

namespace gpuctl::steps {

/// What a unit is known to read when it starts, and to write. The one table of it is in restart.cpp.
struct KnownUnit {
  std::string unit;                ///< k3s-agent.service
  std::string config;              ///< root of the containerd configuration it runs with; empty: none
  bool detects = false;            ///< looks for the NVIDIA runtime at its start and writes `config` itself
  std::string socket;              ///< of a unit that detects: made by its containerd, after `config` was written
  std::vector<std::string> reads;  ///< globs
  std::string note;                ///< what a restart disturbs
  bool lets_go = false;            ///< its containers are in scopes of their own, and stay whatever its KillMode
};

/// nullptr for a unit that is not in the table.
const KnownUnit* known_unit(const std::string& unit);
/// Those that look for the runtime themselves: k3s and RKE2.
std::vector<const KnownUnit*> detecting_units();

/// A unit that may have to be restarted.
struct Restart {
  std::string unit;                ///< full name
  std::vector<std::string> reads;  ///< globs beside those of the table
  std::string handler = "nvidia";  ///< which a unit that detects must have found
  std::string node;                ///< whose kubelet the unit runs; empty: none, or none of a cluster that can be asked
};

/// Where k3s and RKE2 look for the runtime, in their order.
std::vector<std::string> runtime_paths();
/// The first of runtime_paths() that is there; empty when none is.
std::string runtime_found(const core::Facts&);

/// Every question that the functions below ask.
std::vector<core::Probe> restart_probes(const Restart&, const core::Facts& known);
std::vector<Need> restart_needs(const Restart&, const core::Facts& known);

/// When the process that runs now began; for a unit without one, when the unit became active.
std::optional<core::Time> start_of(const core::Facts&, const core::Unit&);

/// Why the unit must be started anew, one sentence each; empty: it need not. From what is observed alone: an input's
/// ctime after the unit's start, a manager that needs a reload, a runtime that a unit which detects has not found.
std::vector<std::string> restart_reasons(const Restart&, const core::Facts&);

/// Of these only the inputs that were changed after the unit's start.
std::vector<std::string> changed_inputs(const Restart&, const core::Facts&);

/// Whether the unit has written its configuration and its containerd has made its socket since the unit's start; true
/// for a unit that does neither.
bool is_up(const Restart&, const core::Facts&);

/// What the unit makes once it is up: the path of its containerd's socket; empty where it makes none.
std::string made_by(const Restart&, const core::Facts&);

/// Adds to facts what the unit's start will have brought about beside being active. How its node stands in the cluster
/// is not known before it was started.
void after_restart(const Restart&, core::Facts&);

}  // namespace gpuctl::steps
