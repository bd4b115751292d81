#include "engine/stale.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <set>

#include "engine/findings.hpp"
#include "engine/fold.hpp"
#include "engine/parallel.hpp"
#include "engine/summary.hpp"

namespace gpuctl::engine {

using core::Facts;
using core::Probe;

namespace {

constexpr const char* cluster_name = "cluster";

using Probes = std::set<Probe, core::ProbeLess>;

void add(Probes& to, const Task& task, const Facts& known) {
  for (auto& probe : task.probes({})) to.insert(std::move(probe));
  for (auto& probe : task.probes(known)) to.insert(std::move(probe));
}

/// What the steps that change something ask; what is left is the proofs' own.
Probes deciding(const Lane& lane, const Facts& known) {
  Probes out;
  for (const auto& task : lane.tasks)
    if (!task.proof && !task.left_out) add(out, task, known);
  return out;
}

/// What a dry run says is for those who read a plan, and what it would send may have to be rendered first.
std::vector<Probe> questions_of(const Facts& facts) {
  std::vector<Probe> out;
  for (const auto& [probe, answer] : facts.all())
    if (!std::holds_alternative<core::KubeDryRun>(probe)) out.push_back(probe);
  return out;
}

const Lane* find(std::span<const Lane> lanes, const std::string& host) {
  const auto found = std::ranges::find_if(lanes, [&](const Lane& lane) { return lane.host.name == host; });
  return found == lanes.end() ? nullptr : &*found;
}

[[noreturn]] void other_playbook(const std::string& why) {
  throw core::Error(core::ErrorKind::refused, "the saved plan is of another playbook: " + why, {},
                    "plan again, review it, and give the new file");
}

/// The playbook's lane for a saved host, with the tasks that the plan has and no other.
Lane lane_for(const SavedHost& saved, std::span<const Lane> lanes) {
  const auto* found = find(lanes, saved.name);
  if (!found) other_playbook("it has no host " + saved.name);
  Lane lane = *found;
  std::size_t known = 0;
  for (auto& task : lane.tasks) {
    task.left_out = std::ranges::none_of(saved.steps, [&](const auto& step) { return step.name == task.name; });
    known += task.left_out ? 0U : 1U;
  }
  if (known != saved.steps.size()) other_playbook(fmt::format("its steps for {} differ", saved.name));
  return lane;
}

core::HostResult result_of(const SavedHost& saved, const Lane& lane, Facts observed) {
  auto result = result_from(lane, [&](const Task& task) {
    const auto step = std::ranges::find_if(saved.steps, [&](const auto& s) { return s.name == task.name; });
    return step->change;
  });
  result.summary = summary_of(observed);
  result.observed = std::move(observed);
  return result;
}

/// Asks each host and gives what moved; an error of any host is thrown.
std::vector<Moved> ask_again(std::size_t count, const std::function<std::vector<Moved>(std::size_t)>& ask) {
  std::vector<std::vector<Moved>> found(count);
  std::vector<std::optional<core::Error>> errors(count);
  in_parallel(count, [&](std::size_t i) {
    try {
      found[i] = ask(i);
    } catch (const core::Error& error) {
      errors[i] = error;
    }
  });
  for (const auto& error : errors)
    if (error) throw core::Error(*error);
  std::vector<Moved> out;
  for (auto& some : found)
    for (auto& move : some)
      if (std::ranges::find(out, move) == out.end()) out.push_back(std::move(move));
  return out;
}

}  // namespace

std::vector<Moved> moved(const Lane& lane, const Facts& then, const Facts& now) {
  std::vector<Moved> out;
  const auto counts = deciding(lane, then);
  for (const auto& [probe, was] : then.all()) {
    if (std::holds_alternative<core::Clock>(probe) || !counts.contains(probe)) continue;
    // Lists, logs and dry runs of the cluster are for people; its objects say whether the ground has moved.
    if (core::asks_cluster(probe) && !std::holds_alternative<core::KubeObject>(probe)) continue;
    const auto* is = now.find(probe);
    const auto then_so = without_status(probe, was);
    const auto now_so = is ? without_status(probe, *is) : core::Answer{core::Failed{"not answered"}};
    if (core::equal(then_so, now_so)) continue;
    // A node in the cluster is asked for by its host's steps, too.
    const std::string where = core::asks_cluster(probe) ? cluster_name : lane.host.name;
    out.push_back({where, fmt::format("{}: then {}", core::describe(probe), difference(then_so, now_so))});
  }
  return out;
}

void demand_unmoved(std::span<const Moved> moves) {
  if (moves.empty()) return;
  constexpr std::size_t most = 5;
  std::string message = "the plan is stale: what it was decided on has moved";
  for (std::size_t i = 0; i < moves.size() && i < most; ++i)
    message += fmt::format("\n{}: {}", moves[i].host, moves[i].what);
  if (moves.size() > most) message += fmt::format("\nand {} more", moves.size() - most);
  throw core::Error(core::ErrorKind::refused, message, {}, "plan again, review it, and perform the new plan");
}

core::Report revive(const SavedPlan& plan, std::vector<Lane>& lanes, const std::string& sha256, const Look& look,
                    core::Progress& progress) {
  if (plan.sha256 != sha256) other_playbook("what it declares has changed since");
  std::vector<Lane> cut;
  for (const auto& saved : plan.hosts) cut.push_back(lane_for(saved, lanes));
  lanes = std::move(cut);
  const auto begin = std::chrono::steady_clock::now();
  core::Report report;
  report.hosts.resize(lanes.size());
  demand_unmoved(ask_again(lanes.size(), [&](std::size_t i) {
    progress.connecting(lanes[i].host);
    auto observed = look(lanes[i]).gather(questions_of(plan.hosts[i].observed));
    auto moves = moved(lanes[i], plan.hosts[i].observed, observed);
    report.hosts[i] = result_of(plan.hosts[i], lanes[i], std::move(observed));
    return moves;
  }));
  report.took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
  return report;
}

void demand_fresh(const core::Report& planned, std::span<const Lane> lanes, const Look& look) {
  demand_unmoved(ask_again(lanes.size(), [&](std::size_t i) -> std::vector<Moved> {
    if (!planned.hosts[i].unreachable.empty()) return {};
    const auto& then = planned.hosts[i].observed;
    return moved(lanes[i], then, look(lanes[i]).gather(questions_of(then)));
  }));
}

}  // namespace gpuctl::engine
