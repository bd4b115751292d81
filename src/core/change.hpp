#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/action.hpp"

namespace gpuctl::core {

enum class Outcome { passed, failed, blocked, waived, unknown };

/// One checkable statement about the world, with what was expected and what was seen.
struct Check {
  std::string what;
  std::string expected;
  std::string observed;
  Outcome outcome = Outcome::passed;
  std::string because;  ///< why it is so: a cause, `known after STEP`, the step it is blocked by
  bool operator==(const Check&) const = default;
};

/// An action closes the gap now. `promises` are effects that no generic rule can know, computed by the step.
struct Mend {
  Action action;
  Facts promises;
};
/// A later step's restart closes it: no failure and no settling here.
struct Awaits {
  std::string restart_of;  ///< the unit
};
/// Time closes it.
struct Wait {};
/// Nobody closes it: refused before the first action. `advice` says what a person can do.
struct Never {
  std::string advice;
};
/// It cannot be known before the step `after` was performed; what closes it is decided then.
struct Later {
  std::string after;
};
struct Remedy : std::variant<Mend, Awaits, Wait, Never, Later> {
  GPUCTL_ONE_OF(Remedy);
};

/// What a remedy disturbs while it is performed.
struct Disruption {
  std::vector<std::string> restarts;  ///< units
  std::string note;                   ///< for people: `3 pods stay running`
  bool none() const { return restarts.empty() && note.empty(); }
};

/// A unified diff of a file, or of any text, that a gap would change.
struct Diff {
  std::string path;
  std::string before;
  std::string after;
  bool created = false;
  bool removed = false;
};

/// A difference and its remedy, inseparable.
struct Gap {
  Check check;
  Remedy remedy;
  Disruption disruption;
  std::vector<Diff> diffs;  ///< for the view only
  /// The questions that it was decided on: what is waited for when time closes it. Empty: all of the step's.
  std::vector<Probe> asked;
};

/// What one step found. No gaps: converged. The order of the gaps is the order of their actions.
struct Change {
  std::vector<Check> held;
  std::vector<Gap> gaps;
  bool converged() const { return gaps.empty(); }
};

/// The actions of a change, in order.
std::vector<Action> actions_of(const Change&);

/// Applies the remedies of a change to facts: each Mend's action, then its promises; Later and Awaits make nothing
/// known. `step` names what is known only after these actions (Unknown::after).
void replay(const Change&, Facts&, const std::string& step = {});

}  // namespace gpuctl::core
