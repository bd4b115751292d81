#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/ports.hpp"
#include "engine/plan.hpp"
#include "engine/provision.hpp"

namespace gpuctl::fake {

/// Tells nobody.
inline core::Progress quiet;

/// A host in memory: answers from `facts`, acts by `effects`, and keeps count of what it was asked.
class World : public core::Observer, public core::Actor {
 public:
  core::Facts facts;
  /// What an action does to the facts, by core::describe of it; one that is not listed does what it says.
  std::map<std::string, std::function<void(core::Facts&)>> effects;
  /// Each wait lets the next of these happen; none left: the deadline comes.
  std::vector<std::function<void(core::Facts&)>> events;
  /// Dies before this action (counted from 0 over the whole life); -1: never.
  int dies_before = -1;
  /// Fails at the action with this description.
  std::string fails_at;
  /// Throws this from gather.
  std::function<void()> before_gather;

  int gathers = 0;
  int performs = 0;
  int waits = 0;
  std::vector<std::string> performed;
  std::vector<std::size_t> gather_sizes;

  core::Facts gather(std::span<const core::Probe>) override;
  core::Facts wait(std::span<const core::Probe>, const core::Facts& last, core::Deadline) override;
  core::Done perform(std::span<const core::Action>, std::span<const core::Probe> then) override;

 private:
  core::Facts answers(std::span<const core::Probe>);
  void act(const core::Action&);
  std::size_t next_event_ = 0;
};

/// A step that wants a file to have a content.
engine::Task file_task(const std::string& name, const std::string& content);
/// A step that wants a unit to have been restarted after a file's step: `restarted` of `unit` is "yes".
engine::Task unit_task(const std::string& name, const std::string& unit, const std::string& only_if_file);
/// A step of any change, asking `probes`.
engine::Task task(const std::string& name, std::vector<core::Probe> probes,
                  std::function<core::Change(const core::Facts&)> plan);

core::Gap gap(const std::string& what, core::Remedy remedy);
core::Host host(const std::string& name);

engine::Look look_at(World&);
engine::Hands hands_of(World&);
engine::Look look_at(std::map<std::string, World>&);
engine::Hands hands_of(std::map<std::string, World>&);

}  // namespace gpuctl::fake
