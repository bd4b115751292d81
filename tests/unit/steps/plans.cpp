#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "core/predict.hpp"
#include "support/case_file.hpp"
#include "support/render_change.hpp"

using namespace gpuctl;
using namespace gpuctl::core;
using test::CaseFile;

// Whole playbooks on paper: each step is planned on what the steps before it will have left behind.

namespace {

/// The changes so far, as a function of what is observed: a question that is asked late gets them replayed onto it.
struct Fold {
  explicit Fold(const CaseFile& from) : file(from) {}

  Facts predicted() const {
    Facts out = observed;
    for (std::size_t i = 0; i < changes.size(); ++i) replay(changes[i], out, std::string(file.steps[i].kind()));
    return out;
  }

  void ask(const std::vector<Probe>& probes) {
    for (const auto& probe : unasked(probes, observed)) observed.set(probe, file.answer(probe));
  }

  void add(const steps::Step& step) {
    ask({Clock{}, Platform{}});
    for (int round = 0; round < 4; ++round) ask(step.probes(predicted()));
    changes.push_back(step.plan(predicted()));
  }

  const CaseFile& file;
  Facts observed;
  std::vector<Change> changes;
};

std::vector<std::filesystem::path> plan_files() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(GPUCTL_TESTS "/cases/plan")) out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

Fold folded(const CaseFile& file) {
  Fold fold(file);
  for (const auto& step : file.steps) fold.add(step);
  return fold;
}

std::string rendered(const CaseFile& file, const Fold& fold) {
  std::string out;
  for (std::size_t i = 0; i < file.steps.size(); ++i) {
    out += std::string(file.steps[i].kind()) + "  " + file.steps[i].title() + "\n";
    Change gaps = fold.changes[i];
    gaps.held.clear();
    out += gaps.converged() ? "    nothing to do\n" : test::render(gaps);
  }
  return out;
}

}  // namespace

TEST_CASE("every plan reaches its last step") {
  const bool accept = std::getenv("GPUCTL_ACCEPT") != nullptr;
  for (const auto& path : plan_files()) {
    CAPTURE(path.string());
    const CaseFile file(path);
    const auto fold = folded(file);
    const auto text = rendered(file, fold);
    if (accept && text != file.expected) test::accept(path, text);
    if (!accept) CHECK(text == file.expected);
  }
}

TEST_CASE("once a plan was performed, planning again finds nothing that is to be done") {
  for (const auto& path : plan_files()) {
    CAPTURE(path.string());
    const CaseFile file(path);
    const auto fold = folded(file);
    const auto after = fold.predicted();
    for (const auto& step : file.steps) {
      if (step.proof()) continue;
      const auto again = step.plan(after);
      for (const auto& gap : again.gaps) {
        const bool open = std::holds_alternative<Mend>(gap.remedy) || std::holds_alternative<Awaits>(gap.remedy);
        CHECK_MESSAGE(!open, test::render(again));
      }
    }
  }
}
