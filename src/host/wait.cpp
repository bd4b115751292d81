#include <fmt/core.h>

#include "core/error.hpp"
#include "host/cksum.hpp"
#include "host/node_state.hpp"

namespace gpuctl::host {

namespace {

using SteadyClock = std::chrono::steady_clock;

/// Whether an answer that stays the same while nothing happens is another one than in `last`.
bool differ(std::span<const core::Probe> probes, const core::Facts& last, const core::Facts& now) {
  for (const auto& probe : probes) {
    if (std::holds_alternative<core::Clock>(probe) || std::holds_alternative<core::Download>(probe)) continue;
    const auto* before = last.find(probe);
    const auto* after = now.find(probe);
    if (!before || !after || !core::equal(*before, *after)) return true;
  }
  return false;
}

std::string steady_script(std::span<const Question> questions) {
  std::string out;
  int number = 0;
  for (const auto& question : questions) {
    ++number;
    if (question.steady) out += fmt::format("q={}\n{}", number, question.script);
  }
  return out;
}

/// One loop on the host. It asks anew, more and more slowly, because nothing there announces a change of every thing
/// that can be asked; and it answers once, when the answers are others or the time is over.
std::string loop(std::span<const Question> questions, std::uint32_t sum, std::int64_t seconds) {
  return fmt::format(
      "again() {{ {}\n}}\n"
      "end=$(($(date +%s) + {})); beat_at=0; set -- 0.1 0.1 0.2 0.2 0.4 0.4 0.8\n"
      "while sum=$(again | cksum) && [ \"${{sum%% *}}\" = {} ]; do\n"
      "  now=$(date +%s); [ \"$now\" -lt \"$end\" ] || break\n"
      "  [ \"$now\" -lt \"$beat_at\" ] || {{ beat; beat_at=$((now + B)); }}\n"
      "  sleep \"$1\" || sleep 1; [ $# = 1 ] || shift\n"
      "done\n",
      steady_script(questions), seconds, sum);
}

}  // namespace

void Node::State::remember(std::span<const core::Probe> probes, const std::string& steady_bytes) {
  recent = Recent{shell.nonce(), {probes.begin(), probes.end()}, cksum(steady_bytes)};
}

const Node::State::Recent* Node::State::recall(std::span<const core::Probe> probes) const {
  const bool same =
      shell.is_open() && recent && recent->nonce == shell.nonce() &&
      std::ranges::equal(recent->probes, probes, [](const auto& a, const auto& b) { return core::equal(a, b); });
  return same ? &*recent : nullptr;
}

core::Facts Node::State::wait_once(std::span<const core::Probe> probes, std::uint32_t sum, core::Deadline deadline) {
  const auto asked = questions(probes);
  const auto left = std::chrono::ceil<std::chrono::seconds>(deadline - SteadyClock::now()).count();
  core::Facts facts;
  ask({.first = loop(asked, sum, left), .tell = {}, .probes = probes, .questions = asked, .on_told = {}}, facts);
  return facts;
}

core::Facts Node::State::wait(std::span<const core::Probe> probes, const core::Facts& last, core::Deadline deadline) {
  std::vector<core::Probe> there;  // a download is not on the host, and does not change there
  core::Facts fetched;
  for (const auto& probe : core::unasked(probes, {})) {
    const auto* known = last.find(probe);
    if (!std::holds_alternative<core::Download>(probe))
      there.push_back(probe);
    else if (known)
      fetched.set(probe, *known);
  }
  while (true) {
    core::Facts facts;
    if (const auto* known = recall(there)) {
      try {
        facts = wait_once(there, known->sum, deadline);
      } catch (const core::Error& error) {
        if (error.kind() != core::ErrorKind::unreachable) throw;
        continue;  // the shell was left, so the next turn logs in and asks; that says so when it cannot
      }
    } else {
      facts = gather(there);
    }
    facts.merge(fetched);
    if (differ(there, last, facts) || SteadyClock::now() >= deadline) return facts;
  }
}

core::Facts Node::wait(std::span<const core::Probe> probes, const core::Facts& last, core::Deadline deadline) {
  return state_->wait(probes, last, deadline);
}

}  // namespace gpuctl::host
