#include "view/detail.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/visit.hpp"
#include "util/strings.hpp"
#include "view/clean.hpp"
#include "view/diff.hpp"

namespace gpuctl::view {

using core::Check;
using core::Gap;
using core::StepResult;

namespace {

constexpr std::size_t label_width = 11;

/// `said` is the line above, which may have named the file already.
void diff_detail(Page& page, const core::Diff& diff, const std::string& said) {
  if (said.find(diff.path) == std::string::npos) page.line(detail_indent + 2, diff.path, Tone::faint);
  for (const auto& line : view::diff(diff.before, diff.after)) {
    const bool whole_file = diff.created || diff.removed;
    if (line.sign == '@' && whole_file) continue;
    const auto tone = line.sign == '+' ? Tone::good : line.sign == '-' ? Tone::bad : Tone::faint;
    page.verbatim(detail_indent + 4, line.sign == '@' ? line.text : fmt::format("{} {}", line.sign, line.text), tone);
  }
}

const std::vector<Check>& checks_of(const StepResult& step) {
  return step.checks.empty() ? step.change.held : step.checks;
}

std::string difference(const Check& check) {
  if (check.expected.empty() && check.observed.empty()) return check.what;
  return fmt::format("{}: {} -> {}", check.what, check.observed.empty() ? "absent" : check.observed, check.expected);
}

/// What will close the gap, for a reader who decides whether to let it.
std::string remedy_of(const core::Remedy& remedy) {
  return std::visit(
      core::Overload{
          [](const core::Mend& r) { return "will " + core::describe(r.action); },
          [](const core::Awaits& r) { return "closed by the restart of " + r.restart_of; },
          [](const core::Wait&) -> std::string { return "closes with time"; },
          [](const core::Never& r) { return r.advice.empty() ? std::string("gpuctl does not change this") : r.advice; },
          [](const core::Later& r) { return "known after " + r.after; },
      },
      remedy);
}

void gap_detail(Page& page, const Gap& gap) {
  page.line(detail_indent, difference(gap.check));
  const auto remedy = remedy_of(gap.remedy);
  page.line(detail_indent + 2, remedy, Tone::faint);
  for (const auto& diff : gap.diffs) diff_detail(page, diff, remedy);
  if (!gap.check.because.empty() && gap.check.because != remedy)
    page.line(detail_indent + 2, "because " + gap.check.because, Tone::faint);
  if (!gap.disruption.note.empty()) page.line(detail_indent + 2, gap.disruption.note, Tone::change);
}

void labelled(Page& page, std::string_view label, std::string_view text, Tone tone = Tone::plain) {
  if (!text.empty()) page.pair(detail_indent + 2, label, label_width, text, tone, Tone::faint);
}

std::string repair_of(const core::Report& report, const StepResult& step, const Gap& gap) {
  if (const auto* never = std::get_if<core::Never>(&gap.remedy)) return never->advice;
  if (std::holds_alternative<core::Later>(gap.remedy)) return {};
  if (std::holds_alternative<core::Wait>(gap.remedy))
    return gap.check.because.empty() ? "wait: it closes with time"
                                     : "it closes with time, once what keeps it is out of the way";
  auto command = "gpuctl provision " + report.playbook;
  const auto units = restarts_of(step.change);
  if (const auto* awaits = std::get_if<core::Awaits>(&gap.remedy))
    return command + ", which restarts " + awaits->restart_of;
  if (!units.empty()) command += ", which restarts " + util::join(units, ", ");
  return command;
}

/// A check that is wrong. A statement that says all in its name has no expected and observed.
void failed_check(Page& page, const Check& check) {
  if (check.outcome == core::Outcome::blocked) {
    page.line(detail_indent, check.what + ": follows from the above", Tone::faint);
    return;
  }
  page.line(detail_indent, check.what);
  labelled(page, "expected", check.expected);
  labelled(page, "observed", check.observed, Tone::bad);
  labelled(page, "because", check.because);
}

bool is_never(const Gap& gap) {
  return std::holds_alternative<core::Never>(gap.remedy);
}

void failed_as_planned(Page& page, const core::Report& report, const StepResult& step) {
  const bool plan = report.verb == core::Verb::plan;
  const bool closable = std::ranges::none_of(step.change.gaps, is_never);
  for (const auto& gap : step.change.gaps) {
    // What a plan can repair stands in it as what it is, even where the step as a whole cannot be.
    if (plan && !closable && !is_never(gap)) {
      gap_detail(page, gap);
      continue;
    }
    failed_check(page, gap.check);
    if (gap.check.outcome != core::Outcome::blocked) labelled(page, "to repair", repair_of(report, step, gap));
  }
}

void evidence_detail(Page& page, const StepResult& step) {
  if (step.evidence.empty()) return;
  page.line(detail_indent, "its last words", Tone::faint);
  for (const auto& line : util::lines(step.evidence)) page.verbatim(detail_indent + 2, line);
}

}  // namespace

std::vector<std::string> restarts_of(const core::Change& change) {
  std::vector<std::string> units;
  for (const auto& gap : change.gaps)
    for (const auto& unit : gap.disruption.restarts)
      if (std::ranges::find(units, unit) == units.end()) units.push_back(unit);
  return units;
}

void planned_detail(Page& page, const StepResult& step) {
  for (const auto& gap : step.change.gaps) gap_detail(page, gap);
}

void failed_detail(Page& page, const core::Report& report, const StepResult& step) {
  const bool tried =
      std::ranges::any_of(step.checks, [](const Check& c) { return c.outcome != core::Outcome::passed; });
  // Something stood in the way (an action's exit, a lost link), beside what the checks say.
  const bool stopped = report.verb == core::Verb::provision && std::ranges::none_of(step.change.gaps, is_never);
  if (stopped && !step.why.empty()) page.line(detail_indent, step.why, Tone::bad);
  if (tried)
    for (const auto& check : step.checks)
      if (check.outcome != core::Outcome::passed) failed_check(page, check);
  if (tried || stopped || step.change.gaps.empty())
    labelled(page, "try", step.advice);
  else
    failed_as_planned(page, report, step);
  evidence_detail(page, step);
}

void waived_detail(Page& page, const StepResult& step) {
  for (const auto& check : step.checks.empty() ? step.change.held : step.checks)
    if (check.outcome == core::Outcome::waived) failed_check(page, check);
}

void findings_detail(Page& page, const StepResult& step) {
  for (const auto& promise : step.broken_promises)
    page.line(detail_indent, "not as predicted: " + promise, Tone::change);
  for (const auto& change : step.unforeseen) page.line(detail_indent, "unforeseen: " + change, Tone::change);
}

void noted_detail(Page& page, const StepResult& step) {
  for (const auto& check : checks_of(step))
    if (check.outcome == core::Outcome::passed && !check.because.empty())
      page.line(detail_indent, check.what + ": " + check.because, Tone::change);
}

void held_detail(Page& page, const StepResult& step) {
  for (const auto& check : checks_of(step)) {
    if (check.outcome != core::Outcome::passed) continue;
    page.line(detail_indent, check.observed.empty() ? check.what : check.what + ": " + check.observed, Tone::faint);
    if (!check.because.empty()) page.line(detail_indent + 2, check.because, Tone::change);
  }
}

}  // namespace gpuctl::view
