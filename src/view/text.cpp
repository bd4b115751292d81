#include "view/text.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "util/strings.hpp"
#include "view/clean.hpp"
#include "view/detail.hpp"
#include "view/page.hpp"
#include "view/totals.hpp"

namespace gpuctl::view {

using core::HostResult;
using core::Report;
using core::StepResult;
using core::StepState;
using core::Verb;

namespace {

constexpr std::size_t state_width = 9;

Tone tone_of(StepState state) {
  switch (state) {
    case StepState::done:
    case StepState::held:
      return Tone::good;
    case StepState::waived:
    case StepState::change:
    case StepState::awaits:
    case StepState::later:
      return Tone::change;
    case StepState::failed:
      return Tone::bad;
    case StepState::blocked:
    case StepState::skipped:
      break;
  }
  return Tone::faint;
}

/// The word of the first column. What is wrong stands out without colour, too.
std::string state_word(const StepResult& step) {
  if (step.proof && step.state == StepState::later) return "proof";
  return step.state == StepState::failed ? "FAILED" : core::word(step.state);
}

/// The words at the end of a step's line.
std::string note_of(const Report& report, const StepResult& step) {
  switch (step.state) {
    case StepState::awaits:
      return step.because.empty() ? "closes with time" : "closed by " + step.because;
    case StepState::later:
      if (step.proof) return step.because.empty() ? "run by verify" : "after " + step.because;
      return "known after " + step.because;
    case StepState::blocked:
      return "by " + step.because;
    case StepState::skipped:
    case StepState::waived:
      return step.because;
    case StepState::done:
      return duration(step.took);
    case StepState::change: {
      const auto units = restarts_of(step.change);
      return units.empty() ? "" : "restarts " + util::join(units, ", ");
    }
    case StepState::held:
    case StepState::failed:
      break;
  }
  return report.verb != Verb::plan && step.took.count() > 0 ? duration(step.took) : "";
}

struct Widths {
  std::size_t name = 0;
  std::size_t title = 0;
};

Widths widths_of(const HostResult& host) {
  constexpr std::size_t widest = 40;
  Widths out;
  for (const auto& step : host.steps) {
    out.name = std::max(out.name, std::min(columns(step.name), widest));
    out.title = std::max(out.title, std::min(columns(step.title), widest));
  }
  return out;
}

std::string padded(const std::string& text, std::size_t width) {
  const auto taken = columns(text);
  return taken < width ? text + std::string(width - taken, ' ') : text;
}

void step_line(Page& page, const Report& report, const StepResult& step, const Widths& widths) {
  const auto note = note_of(report, step);
  // A title that is too long for its column pushes no words off the line: they have a line of their own.
  const bool in_words =
      step.state == StepState::awaits || step.state == StepState::later || step.state == StepState::blocked;
  const bool fits = !in_words || columns(step.title) <= widths.title;
  auto rest = padded(step.name, widths.name) + "  " + (note.empty() ? step.title : padded(step.title, widths.title));
  if (!note.empty() && fits) rest += "  " + note;
  page.pair(2, state_word(step), state_width, rest, step.state == StepState::skipped ? Tone::faint : Tone::plain,
            tone_of(step.state));
  if (!note.empty() && !fits) page.line(detail_indent, note, Tone::faint);
}

void step_detail(Page& page, const Report& report, const StepResult& step) {
  const bool planned = report.verb == Verb::plan;
  if (step.state == StepState::failed) failed_detail(page, report, step);
  if (step.state == StepState::waived) waived_detail(page, step);
  if (planned && step.state != StepState::failed && !step.proof) planned_detail(page, step);
  findings_detail(page, step);
  page.style().verbose ? held_detail(page, step) : noted_detail(page, step);
}

void host_text(Page& page, const Report& report, const HostResult& host) {
  page.pair(0, host.host.name, host.host.name.size() + 3, host.summary, Tone::faint, Tone::strong);
  if (!host.unreachable.empty()) {
    const auto told = util::lines(host.unreachable);
    page.pair(2, host.refused ? "REFUSED" : "NOT ASKED", state_width + 2, told.front(), Tone::plain, Tone::bad);
    for (std::size_t i = 1; i < told.size(); ++i) page.pair(2, "", state_width + 2, told[i], Tone::faint);
    if (!host.hint.empty()) page.pair(2, "", state_width + 2, host.hint);
    return;
  }
  const auto widths = widths_of(host);
  for (const auto& step : host.steps) {
    step_line(page, report, step, widths);
    step_detail(page, report, step);
  }
}

}  // namespace

std::string duration(std::chrono::milliseconds time) {
  const auto ms = time.count();
  if (ms < 60'000) return fmt::format("{:.1f} s", static_cast<double>(ms) / 1000.0);
  return fmt::format("{} min {} s", ms / 60'000, ms / 1000 % 60);
}

std::string text(const Report& report, const Style& style) {
  Page page(style);
  for (const auto& host : report.hosts) {
    host_text(page, report, host);
    page.blank();
  }
  page.line(0, totals(report) + "  " + duration(report.took), Tone::strong);
  return page.text();
}

}  // namespace gpuctl::view
