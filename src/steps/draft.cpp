#include "steps/draft.hpp"

#include <algorithm>
#include <optional>

#include "core/predict.hpp"
#include "core/refusal_words.hpp"

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

/// Whether the answer that `need` is about differs; with fields, only in those.
bool changed(const core::Facts& before, const core::Facts& after, const Need& need) {
  const auto* was = before.find(need.probe);
  const auto* is = after.find(need.probe);
  if (!was || !is || core::equal(*was, *is)) return false;
  const auto* fields_were = std::get_if<core::Record>(was);
  const auto* fields_are = std::get_if<core::Record>(is);
  if (!fields_were || !fields_are || need.fields.empty()) return true;
  return std::ranges::any_of(need.fields, [&](const std::string& key) {
    const auto a = fields_were->find(key);
    const auto b = fields_are->find(key);
    return (a == fields_were->end()) != (b == fields_are->end()) || (a != fields_were->end() && a->second != b->second);
  });
}

}  // namespace

Draft::Draft(std::string_view kind, const core::Facts& known) : kind_(kind), known_(known), facts_(known) {}

bool Draft::hangs_on_a_remedy(const std::vector<Need>& needs) const {
  return std::ranges::any_of(needs, [&](const Need& need) { return changed(known_, facts_, need); });
}

Outcome Draft::check(const std::vector<Need>& needs, std::string what, const Holds& holds, const Closes& closes) {
  return decide(needs, std::move(what), holds, closes, Outcome::failed);
}

Outcome Draft::follow(const std::vector<Need>& needs, std::string what, const Holds& holds, const Closes& closes) {
  return decide(needs, std::move(what), holds, closes, hangs_on_a_remedy(needs) ? Outcome::blocked : Outcome::failed);
}

Outcome Draft::decide(const std::vector<Need>& needs, std::string what, const Holds& holds, const Closes& closes,
                      Outcome otherwise) {
  for (const auto& need : needs) {
    const auto found = obstacle(facts_, need);
    if (!found) continue;
    if (found->unknown) {
      const auto after = found->after.empty() ? kind_ : found->after;
      add_gap({std::move(what), "", "", Outcome::unknown, "known after " + after}, {core::Later{after}, {}, {}}, needs);
      return Outcome::unknown;
    }
    add_gap({std::move(what), "", "not known", Outcome::failed, found->why}, never(look_advice(found->why)), needs);
    return Outcome::failed;
  }
  auto finding = holds(facts_);
  core::Check check{std::move(what), std::move(finding.expected), std::move(finding.observed),
                    finding.holds ? Outcome::passed : otherwise, std::move(finding.because)};
  const auto outcome = check.outcome;
  if (finding.holds)
    change_.held.push_back(std::move(check));
  else
    add_gap(std::move(check), closes(facts_), needs);
  return outcome;
}

void Draft::add_gap(core::Check check, Cure cure, const std::vector<Need>& needs) {
  if (const auto* mend = std::get_if<core::Mend>(&cure.remedy)) {
    core::predict(mend->action, facts_);
    facts_.merge(mend->promises);
    core::name_unknowns(facts_, kind_);
  }
  std::vector<core::Probe> asked;
  for (const auto& need : needs) asked.push_back(need.probe);
  change_.gaps.push_back(
      {std::move(check), std::move(cure.remedy), std::move(cure.disruption), std::move(cure.diffs), std::move(asked)});
}

std::string look_advice(const std::string& why) {
  if (core::says(why, core::no_right)) return std::string(core::no_right_advice);
  return "gpuctl could not look; make that possible and run it again";
}

Cure never(std::string advice) {
  return {core::Never{std::move(advice)}, {}, {}};
}

Cure act(core::Action action) {
  return {core::Mend{std::move(action), {}}, {}, {}};
}

}  // namespace gpuctl::steps
