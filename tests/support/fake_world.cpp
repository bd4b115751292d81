#include "support/fake_world.hpp"

#include "core/error.hpp"

namespace gpuctl::fake {

using namespace core;

Facts World::answers(std::span<const Probe> probes) {
  Facts out;
  for (const auto& probe : probes) {
    const auto* answer = facts.find(probe);
    out.set(probe, answer ? *answer : Answer{Absent{}});
  }
  return out;
}

Facts World::gather(std::span<const Probe> probes) {
  if (before_gather) before_gather();
  ++gathers;
  gather_sizes.push_back(probes.size());
  return answers(probes);
}

Facts World::wait(std::span<const Probe> probes, const Facts& last, Deadline) {
  ++waits;
  if (next_event_ < events.size())
    events[next_event_++](facts);
  else
    throw Error(ErrorKind::failed, "the fake's deadline is over");
  return answers(probes);
}

void World::act(const Action& action) {
  const auto found = effects.find(describe(action));
  if (found != effects.end()) return found->second(facts);
  if (const auto* write = std::get_if<WriteFile>(&action)) facts.set(FileText{write->path}, Text{write->content});
  if (const auto* restart = std::get_if<RestartUnit>(&action))
    facts.set(Unit{restart->unit}, Record{{"active", "active"}, {"restarted", "yes"}});
}

Done World::perform(std::span<const Action> actions, std::span<const Probe> then) {
  ++performs;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (dies_before == static_cast<int>(performed.size())) throw Error(ErrorKind::unreachable, "the link was cut");
    if (describe(actions[i]) == fails_at)
      return {false, static_cast<int>(i), "last words", "it exited with 1", "", answers(then)};
    performed.push_back(describe(actions[i]));
    act(actions[i]);
  }
  Done done;
  done.facts = answers(then);
  return done;
}

Gap gap(const std::string& what, Remedy remedy) {
  Gap out;
  out.check = {what, "there", "absent", Outcome::failed, ""};
  out.remedy = std::move(remedy);
  return out;
}

Host host(const std::string& name) {
  Host out;
  out.name = name;
  return out;
}

engine::Task task(const std::string& name, std::vector<Probe> probes, std::function<Change(const Facts&)> plan) {
  engine::Task out;
  out.name = name;
  out.kind = name;
  out.title = name;
  out.settle = std::chrono::minutes(5);
  out.probes = [probes = std::move(probes)](const Facts&) { return probes; };
  out.plan = std::move(plan);
  return out;
}

engine::Task file_task(const std::string& name, const std::string& content) {
  const Probe file = FileText{"/etc/" + name};
  return task(name, {file}, [=](const Facts& known) {
    Change change;
    const auto* text = known.text(file);
    if (text && *text == content) {
      change.held.push_back({"file " + name, content, content, Outcome::passed, ""});
      return change;
    }
    Facts promises;
    promises.set(file, Text{content});
    change.gaps.push_back(gap("file " + name, Mend{WriteFile{"/etc/" + name, content}, promises}));
    return change;
  });
}

engine::Task unit_task(const std::string& name, const std::string& unit, const std::string& only_if_file) {
  const Probe state = Unit{unit};
  const Probe file = FileText{"/etc/" + only_if_file};
  return task(name, {state, file}, [=](const Facts& known) {
    Change change;
    const auto* record = known.record(state);
    if (!known.text(file) || (record && text_of(*record, "restarted") == "yes")) return change;
    Facts promises;
    promises.set(state, Record{{"active", "active"}, {"restarted", "yes"}});
    change.gaps.push_back(gap("unit " + unit, Mend{RestartUnit{unit}, promises}));
    change.gaps.back().disruption.restarts = {unit};
    return change;
  });
}

engine::Look look_at(World& world) {
  return [&world](const engine::Lane&) -> Observer& { return world; };
}
engine::Hands hands_of(World& world) {
  return [&world](const engine::Lane&) { return engine::Reach{world, world}; };
}
engine::Look look_at(std::map<std::string, World>& worlds) {
  return [&worlds](const engine::Lane& lane) -> Observer& { return worlds.at(lane.host.name); };
}
engine::Hands hands_of(std::map<std::string, World>& worlds) {
  return [&worlds](const engine::Lane& lane) {
    return engine::Reach{worlds.at(lane.host.name), worlds.at(lane.host.name)};
  };
}

}  // namespace gpuctl::fake
