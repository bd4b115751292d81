#pragma once

#include <cstdint>
#include <future>
#include <map>
#include <mutex>
#include <string>

#include "core/ports.hpp"
#include "kube/api.hpp"
#include "kube/discovery.hpp"
#include "kube/question.hpp"
#include "kube/secrets.hpp"
#include "kube/status.hpp"

namespace gpuctl::kube {

/// How an eviction ended.
struct Eviction {
  enum class Outcome { evicted, absent, blocked, refused };
  Outcome outcome = Outcome::evicted;
  std::string why;  ///< blocked: which disruption budget does not allow it now; refused: the server's words
};

/// One cluster, asked and changed through its API server. Thread-safe: several hosts' threads share it.
class Cluster : public core::Observer, public core::Prover, public core::Actor {
 public:
  /// Connects when it is first asked. Throws Error{invalid}: the access names no usable URL.
  Cluster(Access, Options);

  /// All questions in parallel: at most two round trips one after the other, discovery and the objects (three where a
  /// kind is not known yet). The same question asked from several threads at a time is asked once.
  core::Facts gather(std::span<const core::Probe>) override;
  /// Watches; a log, a dry run and the server's version are read again when a watched object has changed.
  core::Facts wait(std::span<const core::Probe>, const core::Facts& last, core::Deadline) override;

  core::Done perform(std::span<const core::Action>, std::span<const core::Probe> then) override;

  core::Answer prove(const core::PodProof&, const std::function<void(const std::string&)>& tells) override;
  bool is_left(const core::PodProof&) override;
  void clear(const core::PodProof&) override;

  /// Evicts a pod as the eviction API allows it (policy/v1): a disruption budget is heeded, not waited for.
  Eviction evict(const std::string& space, const std::string& pod, const std::string& uid = {});

  /// Where an object is, as a path of the API; empty: the cluster knows no such kind.
  std::string path_of(const core::KubeRef&);

  /// Reads them over the same connections, as long as this lives.
  Secrets secrets() { return Secrets(api_); }

  /// What was asked so far.
  Trace::Counts counts() const { return api_.counts(); }

 private:
  struct Pending {
    std::uint64_t epoch;
    std::shared_future<core::Answer> answer;
  };
  struct Outcome {
    bool ok = true;
    std::string why;
  };
  using Kinds = std::shared_ptr<const Catalog>;

  std::vector<core::Answer> answer(std::span<const core::Probe>);
  Kinds kinds_for(std::span<const core::Probe>);

  bool wait_once(std::span<const core::Probe>, const core::Facts& last, core::Deadline, core::Facts& now);
  bool learn_kinds(std::span<const core::Probe>, const Listing& definitions);

  /// The kind's resource; a definition that was made a moment ago is waited for. nullptr: there is none.
  const Resource* resource(const std::string& api_version, const std::string& kind, Kinds& kept);
  bool await_definition(const std::string& api_version, const std::string& kind);
  std::size_t applies_together(std::span<const core::Action>) const;
  std::vector<Outcome> apply(std::span<const core::Action>);
  std::vector<Outcome> remove(std::span<const core::Action>);
  Outcome act(const core::KubeTaint&);
  Outcome act(const core::HelmChange&);
  /// The outcomes of the first action, and of those after it that travel with it.
  std::vector<Outcome> act(std::span<const core::Action>);
  std::vector<Outcome> act_or_tell(std::span<const core::Action>);
  void count_change();

  Api api_;
  Discovery discovery_;
  std::mutex mutex_;
  std::map<core::Probe, Pending, core::ProbeLess> pending_;
  std::uint64_t epoch_ = 0;  // counts our changes: an answer from before one is none after it
};

}  // namespace gpuctl::kube
