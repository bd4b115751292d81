#include "view/sentence.hpp"

#include <fmt/core.h>

namespace gpuctl::view {

namespace {

std::string sentence(const core::Check& check) {
  auto out = check.what;
  if (!check.expected.empty()) out += fmt::format(": expected {}, observed {}", check.expected, check.observed);
  if (!check.because.empty()) out += fmt::format(" ({})", check.because);
  return out;
}

std::vector<core::Check> wrong(const core::StepResult& step) {
  std::vector<core::Check> out;
  for (const auto& check : step.checks)
    if (check.outcome != core::Outcome::passed) out.push_back(check);
  if (out.empty())
    for (const auto& gap : step.change.gaps) out.push_back(gap.check);
  return out;
}

}  // namespace

std::string headline(const core::StepResult& step) {
  if (!step.why.empty()) return step.why;
  const auto checks = wrong(step);
  return checks.empty() ? core::word(step.state) : sentence(checks.front());
}

std::string story(const core::StepResult& step) {
  std::string out;
  for (const auto& check : wrong(step)) out += sentence(check) + "\n";
  if (!step.advice.empty()) out += "try: " + step.advice + "\n";
  if (!step.evidence.empty()) out += step.evidence + "\n";
  return out;
}

}  // namespace gpuctl::view
