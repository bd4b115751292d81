#include <exception>
#include <utility>

#include "core/error.hpp"
#include "kube/cluster.hpp"
#include "kube/sealed.hpp"

namespace gpuctl::kube {

namespace {

using core::Answer;
using core::Probe;

Answer unknown_kind(const Probe& probe, const Catalog& catalog, const KindNeeded& kind) {
  if (std::holds_alternative<core::KubeDryRun>(probe)) return core::Absent{};
  return core::Failed{catalog.unknown(kind.api_version, kind.kind)};
}

/// A question that needs no kind, sent before it is known which kinds there are.
struct Early {
  std::size_t place;
  std::unique_ptr<Question> question;
  Sent sent;
};

}  // namespace

Cluster::Cluster(Access access, Options options) : api_(std::move(access), std::move(options)), discovery_(api_) {}

Cluster::Kinds Cluster::kinds_for(std::span<const Probe> probes) {
  Kinds kinds;
  bool fresh = false;
  for (const auto& probe : probes) {
    const auto needed = kind_needed(probe);
    const bool all = std::holds_alternative<core::KubeApis>(probe);
    if (!needed && !all) continue;
    if (!kinds) kinds = discovery_.catalog(&fresh);
    if (all) continue;
    // A definition may have been made since.
    if (!fresh && !kinds->find(needed->api_version, needed->kind)) {
      kinds = discovery_.refreshed(kinds);
      fresh = true;
    }
  }
  return kinds;
}

std::vector<Answer> Cluster::answer(std::span<const Probe> probes) {
  std::vector<Answer> out(probes.size(), core::Failed{"this is no question to a cluster"});
  std::vector<Early> early;
  for (std::size_t at = 0; at < probes.size(); ++at) {
    if (kind_needed(probes[at])) continue;
    auto question = question_of(probes[at], nullptr, api_);
    if (!question) continue;
    auto sent = api_.start(question->request());
    early.push_back({at, std::move(question), std::move(sent)});
  }
  const Kinds kinds = kinds_for(probes);
  std::vector<std::pair<std::size_t, std::unique_ptr<Question>>> late;
  std::vector<Question*> open;
  for (std::size_t at = 0; at < probes.size(); ++at) {
    if (std::holds_alternative<core::KubeApis>(probes[at])) out[at] = kinds->record();
    const auto needed = kind_needed(probes[at]);
    if (!needed) continue;
    const auto* resource = kinds->find(needed->api_version, needed->kind);
    if (!resource) {
      out[at] = unknown_kind(probes[at], *kinds, *needed);
      continue;
    }
    late.emplace_back(at, question_of(probes[at], resource, api_));
    open.push_back(late.back().second.get());
  }
  ask(api_, open);
  for (const auto& [at, question] : late) out[at] = sealed(probes[at], question->answer(), api_.seal());
  for (const auto& [at, question, sent] : early) {
    Question* more[] = {question.get()};
    if (!question->take(api_.answer(sent))) ask(api_, more);
    out[at] = question->answer();
  }
  return out;
}

core::Facts Cluster::gather(std::span<const Probe> probes) {
  std::vector<Probe> ours;
  std::vector<std::promise<Answer>> promises;
  std::vector<std::pair<Probe, std::shared_future<Answer>>> all;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& probe : probes) {
      const auto under_way = pending_.find(probe);
      if (under_way != pending_.end() && under_way->second.epoch == epoch_) {
        all.emplace_back(probe, under_way->second.answer);
        continue;
      }
      ours.push_back(probe);
      promises.emplace_back();
      all.emplace_back(probe, promises.back().get_future().share());
      pending_.insert_or_assign(probe, Pending{epoch_, all.back().second});
    }
  }
  std::vector<Answer> answers;
  std::exception_ptr fault;
  try {
    answers = answer(ours);
  } catch (...) {
    fault = std::current_exception();
  }
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& probe : ours) pending_.erase(probe);
  }
  for (std::size_t at = 0; at < ours.size(); ++at) {
    if (fault)
      promises[at].set_exception(fault);
    else
      promises[at].set_value(std::move(answers[at]));
  }
  core::Facts out;
  for (const auto& [probe, answer] : all) out.set(probe, answer.get());
  return out;
}

}  // namespace gpuctl::kube
