#include "steps/draft.hpp"

#include <optional>

#include "core/predict.hpp"

namespace gpuctl::steps {

using core::Outcome;

namespace {

/// What stands in the way of deciding a statement.
struct Obstacle {
  bool unknown = false;
  std::string after;  ///< of unknown
  std::string why;    ///< of failed
};

std::optional<Obstacle> obstacle_in(const core::Record& record, const Need& need) {
  for (const auto& key : need.fields) {
    const auto found = record.find(key);
    if (found == record.end()) continue;
    if (const auto* unknown = std::get_if<core::Unknown>(&found->second)) return Obstacle{true, unknown->after, {}};
  }
  return std::nullopt;
}

std::optional<Obstacle> obstacle(const core::Facts& facts, const Need& need) {
  const auto* answer = facts.find(need.probe);
  if (!answer) return Obstacle{false, {}, core::describe(need.probe) + " was not asked for"};
  if (const auto* unknown = std::get_if<core::Unknown>(answer)) return Obstacle{true, unknown->after, {}};
  if (const auto* failed = std::get_if<core::Failed>(answer))
    return Obstacle{false, {}, core::describe(need.probe) + ": " + failed->why};
  if (const auto* record = std::get_if<core::Record>(answer)) return obstacle_in(*record, need);
  return std::nullopt;
}

}  // namespace

Draft::Draft(std::string_view kind, const core::Facts& known) : kind_(kind), facts_(known) {}

Outcome Draft::check(const std::vector<Need>& needs, std::string what, const Holds& holds, const Closes& closes) {
  for (const auto& need : needs) {
    const auto found = obstacle(facts_, need);
    if (!found) continue;
    if (found->unknown) {
      const auto after = found->after.empty() ? kind_ : found->after;
      add_gap({std::move(what), "", "", Outcome::unknown, "known after " + after}, {core::Later{after}, {}, {}});
      return Outcome::unknown;
    }
    add_gap({std::move(what), "", "not known", Outcome::failed, found->why},
            never("gpuctl could not look; make that possible and run it again"));
    return Outcome::failed;
  }
  auto finding = holds(facts_);
  core::Check check{std::move(what), std::move(finding.expected), std::move(finding.observed),
                    finding.holds ? Outcome::passed : Outcome::failed, std::move(finding.because)};
  const auto outcome = check.outcome;
  if (finding.holds)
    change_.held.push_back(std::move(check));
  else
    add_gap(std::move(check), closes(facts_));
  return outcome;
}

void Draft::add_gap(core::Check check, Cure cure) {
  if (const auto* mend = std::get_if<core::Mend>(&cure.remedy)) {
    core::predict(mend->action, facts_);
    facts_.merge(mend->promises);
    core::name_unknowns(facts_, kind_);
  }
  change_.gaps.push_back({std::move(check), std::move(cure.remedy), std::move(cure.disruption), std::move(cure.diffs)});
}

Cure never(std::string advice) {
  return {core::Never{std::move(advice)}, {}, {}};
}

Cure act(core::Action action) {
  return {core::Mend{std::move(action), {}}, {}, {}};
}

}  // namespace gpuctl::steps
