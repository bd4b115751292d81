#pragma once

#include <set>
#include <stop_token>

#include "engine/findings.hpp"
#include "engine/provision.hpp"

namespace gpuctl::engine {

/// Performs the plan of one host, step by step.
class HostRun {
 public:
  /// `before`: what became of the hosts whose steps come before these.
  HostRun(const Lane& lane, core::HostResult planned, Reach reach, core::Progress& progress, std::stop_token stop,
          std::span<const core::HostResult> before = {});

  /// The plan's result, with what became of each step.
  core::HostResult run();
  bool interrupted() const { return interrupted_; }

 private:
  bool refuse();
  bool step(std::size_t at);
  bool replan(std::size_t at);
  bool perform(std::size_t at);
  std::vector<core::Probe> asked_by_awaiting() const;
  void merge_done(const core::Change& change, const core::Facts& gathered);
  std::set<core::Probe, core::ProbeLess> waited_for() const;
  void note_findings(std::size_t at, const core::Facts& before, const core::Facts& predicted);
  bool settle_awaiting(std::size_t closer);
  void last_look();
  bool is_proof_left() const;
  void judge_at_last(std::size_t at);
  core::Change come_to_rest(std::size_t at);
  void run_proofs();
  void refresh(std::span<const Task> tasks);
  void skip_from(std::size_t at, const std::string& why);
  void fail(std::size_t at, const core::Change& left, std::string why);
  std::vector<core::Probe> to_look_at(std::size_t at, const core::Facts& predicted) const;

  const Lane& lane_;
  core::HostResult result_;
  Reach reach_;
  core::Progress& progress_;
  std::stop_token stop_;
  std::span<const core::HostResult> before_;
  core::Facts known_;                                ///< observed, and predicted where not asked since
  std::set<core::Probe, core::ProbeLess> observed_;  ///< asked since the last action
  std::vector<std::size_t> awaiting_;                ///< steps that a later restart closes
  bool acted_ = false;
  bool interrupted_ = false;
};

}  // namespace gpuctl::engine
