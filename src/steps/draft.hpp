#pragma once

#include <concepts>
#include <functional>
#include <string>
#include <vector>

#include "core/change.hpp"

namespace gpuctl::steps {

/// A question whose answer a statement hangs on; with fields, only on those.
struct Need {
  template <class P>
    requires std::constructible_from<core::Probe, P>
  // NOLINTNEXTLINE(google-explicit-constructor): a question is a need, and lists of them are written all over steps/
  Need(P asked, std::vector<std::string> only = {}) : probe(std::move(asked)), fields(std::move(only)) {}

  core::Probe probe;
  std::vector<std::string> fields;
};

/// How a statement stands once all it needs is known.
struct Finding {
  bool holds = false;
  std::string expected;
  std::string observed;
  std::string because;
};

/// What closes a gap, and what that disturbs.
struct Cure {
  core::Remedy remedy;
  core::Disruption disruption;
  std::vector<core::Diff> diffs;
};

/// The Change of a step while it is being made. It decides what every step would otherwise decide by hand: a need that
/// is Unknown makes a statement unknown, one that Failed makes it failed with its why, and a later statement sees what
/// the remedies of the earlier ones will have done.
class Draft {
 public:
  using Holds = std::function<Finding(const core::Facts&)>;
  using Closes = std::function<Cure(const core::Facts&)>;

  /// `kind` names the step in what is known only after its own actions.
  Draft(std::string_view kind, const core::Facts& known);

  /// The facts as they will be after the remedies so far.
  const core::Facts& facts() const { return facts_; }

  /// Adds one statement. `closes` is asked only when it does not hold. Returns its outcome.
  core::Outcome check(const std::vector<Need>& needs, std::string what, const Holds& holds, const Closes& closes);

  /// The same for a statement about what comes of the earlier ones: where it does not hold and a remedy of theirs
  /// changes what it hangs on, it is blocked by them and no failure of its own.
  core::Outcome follow(const std::vector<Need>& needs, std::string what, const Holds& holds, const Closes& closes);

  core::Change take() { return std::move(change_); }

 private:
  core::Outcome decide(const std::vector<Need>& needs, std::string what, const Holds& holds, const Closes& closes,
                       core::Outcome otherwise);
  void add_gap(core::Check check, Cure cure, const std::vector<Need>& needs);
  bool hangs_on_a_remedy(const std::vector<Need>& needs) const;

  std::string kind_;
  core::Facts known_;  ///< as given
  core::Facts facts_;
  core::Change change_;
};

/// What a person can do where a question got no answer, by the reason it got none.
std::string look_advice(const std::string& why);
/// Nobody closes it; `advice` says what a person can do.
Cure never(std::string advice);
/// An action closes it, without promises of its own.
Cure act(core::Action action);

}  // namespace gpuctl::steps
