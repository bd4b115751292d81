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

// Every kind passes these over all files of tests/cases, a new one without doing anything for it.

namespace {

constexpr int most_rounds = 4;

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> out;
  for (const auto& info : steps::kinds())
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(GPUCTL_TESTS "/cases") / info.kind))
      if (entry.path().extension() == ".yaml") out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

/// Asks as the engine does; `rounds` counts the rounds that asked anything.
Facts gather(const CaseFile& file, Facts known, int& rounds) {
  for (rounds = 0; rounds <= most_rounds; ++rounds) {
    const auto ask = unasked(file.steps.front().probes(known), known);
    if (ask.empty()) return known;
    for (const auto& probe : ask) known.set(probe, file.answer(probe));
  }
  return known;
}

Facts gather(const CaseFile& file) {
  int rounds = 0;
  return gather(file, {}, rounds);
}

bool mendable(const Change& change) {
  return std::ranges::any_of(change.gaps, [](const Gap& gap) { return std::holds_alternative<Mend>(gap.remedy); });
}

/// What is predicted once the change was performed, questions that this raises answered and replayed onto.
Facts performed(const CaseFile& file, Facts known, const Change& change) {
  for (int round = 0; round < most_rounds; ++round) {
    Facts after = known;
    replay(change, after, "this_step");
    const auto ask = unasked(file.steps.front().probes(after), after);
    if (ask.empty()) return after;
    for (const auto& probe : ask) known.set(probe, file.answer(probe));
  }
  replay(change, known, "this_step");
  return known;
}

}  // namespace

TEST_CASE("every case comes to its change") {
  const bool accept = std::getenv("GPUCTL_ACCEPT") != nullptr;
  const auto files = case_files();
  REQUIRE_FALSE(files.empty());
  for (const auto& path : files) {
    CAPTURE(path.string());
    const CaseFile file(path);
    const auto change = test::render(file.steps.front().plan(gather(file)));
    if (accept && change != file.expected) test::accept(path, change);
    if (!accept) CHECK(change == file.expected);
  }
}

TEST_CASE("questions come to an end within four rounds, and a converged node is asked once") {
  for (const auto& path : case_files()) {
    CAPTURE(path.string());
    const CaseFile file(path);
    int rounds = 0;
    const auto known = gather(file, {}, rounds);
    CHECK(rounds <= most_rounds);
    if (path.stem().string().starts_with("converged")) {
      CHECK(rounds == 1);
      CHECK(file.steps.front().plan(known).converged());
    }
  }
}

TEST_CASE("once a change was performed, nothing is left to mend") {
  for (const auto& path : case_files()) {
    CAPTURE(path.string());
    const CaseFile file(path);
    const auto known = gather(file);
    const auto change = file.steps.front().plan(known);
    const auto again = file.steps.front().plan(performed(file, known, change));
    CHECK_MESSAGE(!mendable(again), test::render(again));
  }
}

TEST_CASE("what is promised confirms itself, and times are never promised to be exact") {
  for (const auto& path : case_files()) {
    CAPTURE(path.string());
    const CaseFile file(path);
    const auto known = gather(file);
    for (const auto& gap : file.steps.front().plan(known).gaps) {
      const auto* mend = std::get_if<Mend>(&gap.remedy);
      if (!mend) continue;
      for (const auto& [probe, answer] : mend->promises.all()) {
        CHECK(confirms(answer, answer));
        CHECK_MESSAGE(known.asked(probe), describe(probe));
      }
    }
  }
}

TEST_CASE("a step plans whatever the answers are, and an unknown or failed one is never taken for a difference") {
  const std::vector<Answer> odd{Absent{}, Failed{"why"}, Unknown{"x"}, Record{}, Text{""}};
  for (const auto& path : case_files()) {
    CAPTURE(path.string());
    const CaseFile file(path);
    const auto known = gather(file);
    for (const auto& [probe, answer] : known.all()) {
      for (const auto& other : odd) {
        auto facts = known;
        facts.set(probe, other);
        CHECK_NOTHROW((void)file.steps.front().probes(facts));
        CHECK_NOTHROW((void)file.steps.front().plan(facts));
      }
    }
  }
}

TEST_CASE("every gap says what is wrong and a held check does not") {
  for (const auto& path : case_files()) {
    CAPTURE(path.string());
    const CaseFile file(path);
    const auto change = file.steps.front().plan(gather(file));
    for (const auto& check : change.held) CHECK(check.outcome == Outcome::passed);
    for (const auto& gap : change.gaps) {
      CHECK(gap.check.outcome != Outcome::passed);
      CHECK_FALSE(gap.check.what.empty());
      if (gap.check.outcome == Outcome::unknown) CHECK(std::holds_alternative<Later>(gap.remedy));
    }
  }
}
