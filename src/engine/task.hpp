#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/change.hpp"
#include "core/error.hpp"
#include "core/host.hpp"
#include "core/plan.hpp"
#include "core/waiver.hpp"
#include "steps/step.hpp"

namespace gpuctl::engine {

/// A step as the engine sees it: two pure functions and what the report says about it.
struct Task {
  std::string name;  ///< its id in the playbook, unique on the host
  std::string kind;
  std::string title;
  bool proof = false;
  bool left_out = false;  ///< by --only or --skip: neither asked nor planned
  core::Where where;
  std::string node;                    ///< in the cluster's lane: the host whose node it is about; empty: all of them
  std::vector<std::string> stands_on;  ///< kinds whose failure makes a failure of this one pointless to report
  std::chrono::milliseconds settle{0};
  std::function<std::vector<core::Probe>(const core::Facts&)> probes;
  std::function<core::Change(const core::Facts&)> plan;
};

/// Everything that is to be done on one host, or in the cluster, in order. The cluster comes after the hosts: what is
/// asked there stands on what they are.
struct Lane {
  core::Host host;  ///< of the cluster's lane only the name
  std::vector<Task> tasks;
  bool cluster = false;
  std::vector<core::Waiver> waivers;
};

/// `settle`: the playbook's, else the kind's own.
Task make_task(std::string name, core::Where where, std::optional<std::chrono::milliseconds> settle,
               const steps::Step& step);

/// The task's line in a report, with nothing found yet.
core::StepResult begin_result(const Task&);

}  // namespace gpuctl::engine
