#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "core/change.hpp"
#include "core/error.hpp"
#include "core/host.hpp"

namespace gpuctl::core {

/// How a step stands, in one word; the view's sign and the word of JSON.
enum class StepState {
  held,     ///< nothing to do; verify: passed
  change,   ///< actions are needed
  awaits,   ///< a later step closes it
  later,    ///< known after an earlier step
  failed,   ///< nobody closes it; or it was tried and did not hold
  blocked,  ///< by a failed step it stands on
  skipped,  ///< left out by --only or --skip, or not reached
  done,     ///< provision: changed, and its checks hold now
  waived,   ///< a failure that a waiver lets pass
};

/// One step on one host: what was found, and (after provision) what became of it.
struct StepResult {
  std::string name;
  std::string kind;
  std::string title;
  Where where;         ///< in the playbook
  bool proof = false;  ///< never makes plan exit 2
  StepState state = StepState::held;
  Change change;                             ///< as planned
  std::vector<Check> checks;                 ///< provision: the same questions asked again, after the actions
  std::string because;                       ///< of blocked, later and failed: the step, the cause
  std::string evidence;                      ///< the end of a failed action's output
  std::string why;                           ///< of failed: one sentence
  std::string advice;                        ///< of failed: what to try
  bool cut_off = false;                      ///< of a failed proof: the cluster could not be asked to its end
  std::vector<std::string> broken_promises;  ///< predicted, but not so
  std::vector<std::string> unforeseen;       ///< changed, though nobody predicted it
  std::chrono::milliseconds took{0};
};

/// Everything about one host in one run.
struct HostResult {
  Host host;
  bool cluster = false;     ///< it is the cluster's, and no host's
  std::string summary;      ///< `Ubuntu 22.04 · RTX 3060, 12288 MiB · driver 535.274.02`
  std::string unreachable;  ///< why it could not be asked; empty: it was
  std::string hint;         ///< of unreachable
  bool refused = false;     ///< of unreachable: gpuctl would not go on (an unknown host key, a held lock)
  std::vector<StepResult> steps;
  Facts observed;  ///< the answers that the plan was decided on
};

enum class Verb { plan, provision, verify };

/// What a run of a verb came to. The view renders it, main takes the exit code from it; nobody else decides anything by
/// it.
struct Report {
  Verb verb = Verb::plan;
  std::string playbook;  ///< its path as given
  std::string id;        ///< of the run
  std::string started;   ///< local time with its zone: `2025-11-21T10:14:02+01:00`
  std::vector<HostResult> hosts;
  std::chrono::milliseconds took{0};
  bool interrupted = false;
};

/// The exit code of a report (DESIGN 5).
int exit_code(const Report&);

const char* word(StepState);
const char* word(Outcome);
const char* word(Verb);

/// What the engine tells while it works. The view shows it on a terminal; a recorder keeps it.
struct Progress {
  virtual ~Progress() = default;
  virtual void connecting(const Host&) {}
  virtual void step_begins(const Host&, const StepResult&) {}
  virtual void step_waits(const Host&, const StepResult&, const std::string& /*what*/) {}
  virtual void step_ends(const Host&, const StepResult&) {}
};

}  // namespace gpuctl::core
