#include "view/junit.hpp"

#include <fmt/core.h>

#include "view/clean.hpp"
#include "view/sentence.hpp"

namespace gpuctl::view {

using core::HostResult;
using core::Report;
using core::StepResult;
using core::StepState;

namespace {

std::string escaped(const std::string& text) {
  std::string out;
  std::string line;
  const auto flush = [&] {
    for (const char c : clean(line, true)) {
      if (c == '&')
        out += "&amp;";
      else if (c == '<')
        out += "&lt;";
      else if (c == '>')
        out += "&gt;";
      else if (c == '"')
        out += "&quot;";
      else
        out += c;
    }
    line.clear();
  };
  for (const char c : text) {
    if (c != '\n') {
      line += c;
      continue;
    }
    flush();
    out += "&#10;";
  }
  flush();
  return out;
}

double seconds(std::chrono::milliseconds time) {
  return static_cast<double>(time.count()) / 1000.0;
}

bool fails(const Report& report, const StepResult& step) {
  if (step.state == StepState::failed) return !(report.verb == core::Verb::plan && step.proof);
  if (report.verb != core::Verb::plan || step.proof) return false;
  return step.state == StepState::change || step.state == StepState::awaits || step.state == StepState::later;
}

bool skipped(const StepResult& step) {
  return step.state == StepState::blocked || step.state == StepState::skipped;
}

std::string case_of(const Report& report, const HostResult& host, const StepResult& step) {
  auto out = fmt::format("    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\" time=\"{:.3f}\"",
                         escaped(host.host.name), escaped(step.name), escaped(step.where.file), step.where.line,
                         seconds(step.took));
  if (fails(report, step))
    return out + fmt::format(">\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n",
                             core::word(step.state), escaped(headline(step)), escaped(story(step)));
  if (skipped(step))
    return out + fmt::format(">\n      <skipped message=\"{} {}\"/>\n    </testcase>\n", core::word(step.state),
                             escaped(step.because));
  return out + "/>\n";
}

std::string unreachable_case(const HostResult& host) {
  return fmt::format(
      "    <testcase classname=\"{0}\" name=\"connection\">\n      <error message=\"{1}\"/>\n    </testcase>\n",
      escaped(host.host.name), escaped(host.unreachable));
}

std::string suite_of(const Report& report, const HostResult& host) {
  if (!host.unreachable.empty())
    return fmt::format(
        "  <testsuite name=\"{}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">\n{}  </testsuite>\n",
        escaped(host.host.name), unreachable_case(host));
  int failures = 0;
  int left = 0;
  std::string cases;
  for (const auto& step : host.steps) {
    failures += fails(report, step) ? 1 : 0;
    left += skipped(step) ? 1 : 0;
    cases += case_of(report, host, step);
  }
  return fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n{}  </testsuite>\n",
      escaped(host.host.name), host.steps.size(), failures, left, cases);
}

}  // namespace

std::string junit(const Report& report) {
  auto out =
      fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"gpuctl {}\" time=\"{:.3f}\">\n",
                  core::word(report.verb), seconds(report.took));
  for (const auto& host : report.hosts) out += suite_of(report, host);
  return out + "</testsuites>\n";
}

}  // namespace gpuctl::view
