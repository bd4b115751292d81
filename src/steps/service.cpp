#include "steps/service.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/predict.hpp"
#include "steps/cluster.hpp"
#include "steps/draft.hpp"
#include "steps/look.hpp"
#include "steps/platform.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;
using core::Unit;

namespace {

/// What `systemctl is-enabled` says of a unit that starts at boot, or that needs no enabling.
bool counts_as_enabled(const std::string& state) {
  static const std::vector<std::string> fine{"enabled", "enabled-runtime", "static", "alias", "indirect", "generated"};
  return std::ranges::find(fine, state) != fine.end();
}

/// Not a unit that systemd will start anew after its last run failed: that one has ended, and has seconds to wait.
bool is_starting(const Facts& facts, const Unit& unit) {
  const auto state = text_of(facts, unit, "active");
  return (state == "activating" && text_of(facts, unit, "sub") != "auto-restart") || state == "reloading";
}

}  // namespace

Kinds Service::stands_on() {
  return {"apt_packages", "container_runtime"};
}

Service Service::from(core::Params& params) {
  Service out;
  const auto unit = params.text("unit");
  if (unit.empty() || unit.starts_with("-") || unit.find_first_of(" /\t\n") != std::string::npos)
    params.fail("unit", "expected the name of a systemd unit, such as k3s-agent");
  out.restart_.unit = full_unit(unit);
  out.when_ = params.one_of("restart", {"when_needed", "never"}, "when_needed") == "never" ? When::never : When::needed;
  out.restart_.reads = params.texts("reads");
  out.restart_.handler = params.text("handler", "nvidia");
  out.running_ = params.flag("running", true);
  out.enabled_ = params.flag("enabled", true);
  const auto* known = known_unit(out.restart_.unit);
  if (known && known->detects && params.host().in_cluster) out.restart_.node = node_of(params.host());
  params.done();
  return out;
}

std::string Service::title() const {
  return short_unit(restart_.unit);
}

std::vector<core::Probe> Service::probes(const Facts& known) const {
  auto out = restart_probes(restart_, known);
  out.emplace_back(core::Platform{});
  const bool asked = !restart_.node.empty() && known.asked(Unit{restart_.unit});
  if (asked && !restart_reasons(restart_, known).empty()) out.emplace_back(pods_on(restart_.node));
  return out;
}

core::Change Service::plan(const Facts& known) const {
  Draft draft(kind, known);
  if (!has_systemd(draft)) return draft.take();
  plan_there(draft);
  if (text_of(draft.facts(), Unit{restart_.unit}, "load") != "loaded") return draft.take();
  if (running_) {
    plan_running(draft);
    plan_fresh(draft);
    if (!restart_.node.empty()) plan_node(draft);
  }
  if (enabled_) plan_enabled(draft);
  return draft.take();
}

void Service::plan_there(Draft& draft) const {
  const Unit unit{restart_.unit};
  draft.check(
      {{unit, {"load"}}}, "unit " + title(),
      [&](const Facts& facts) {
        const auto load = text_of(facts, unit, "load");
        return Finding{load == "loaded", "loaded", load, ""};
      },
      [&](const Facts& facts) {
        if (text_of(facts, unit, "load") == "masked")
          return never(fmt::format("somebody masked it: systemctl unmask {}", title()));
        return never("install what brings the unit, or correct its name in the playbook");
      });
}

void Service::plan_running(Draft& draft) const {
  const Unit unit{restart_.unit};
  draft.check(
      {{unit, {"active", "sub", "result"}}}, title() + " runs",
      [&](const Facts& facts) {
        const auto state = text_of(facts, unit, "active");
        const auto result = text_of(facts, unit, "result");
        const bool told = state != "active" && !result.empty() && result != "success";
        return Finding{state == "active", "active", state, told ? "its last run ended with: " + result : ""};
      },
      [&](const Facts& facts) {
        if (is_starting(facts, unit)) return Cure{core::Wait{}, {}, {}};
        return restarted(facts);
      });
}

void Service::plan_fresh(Draft& draft) const {
  const auto outcome = draft.check(
      restart_needs(restart_, draft.facts()), title() + " has read what is there",
      [&](const Facts& facts) {
        const bool starting = is_starting(facts, Unit{restart_.unit});
        const auto reasons = starting ? std::vector<std::string>{} : restart_reasons(restart_, facts);
        return Finding{reasons.empty(), "yes", reasons.empty() ? "yes" : "no", util::join(reasons, "; ")};
      },
      [&](const Facts& facts) {
        if (when_ == When::needed) return restarted(facts);
        return never("the playbook says `restart: never`; do it yourself: systemctl restart " + title());
      });
  const auto* known = known_unit(restart_.unit);
  if (outcome != core::Outcome::passed || !known || !known->detects) return;
  draft.check(
      restart_needs(restart_, draft.facts()), title() + " is up",
      [&](const Facts& facts) {
        const bool up = is_up(restart_, facts);
        return Finding{up, known->config + " and containerd's socket made since its start", up ? "made" : "not yet",
                       ""};
      },
      [](const Facts&) { return Cure{core::Wait{}, {}, {}}; });
}

void Service::plan_enabled(Draft& draft) const {
  const Unit unit{restart_.unit};
  draft.check(
      {{unit, {"enabled"}}}, title() + " starts at boot",
      [&](const Facts& facts) {
        const auto state = text_of(facts, unit, "enabled");
        return Finding{counts_as_enabled(state), "enabled", state.empty() ? "no answer" : state, ""};
      },
      [&](const Facts&) { return act(core::EnableUnit{restart_.unit}); });
}

/// The kubelet's Lease tells that it is this start's kubelet which the cluster sees: the condition may be an older
/// one's. The kubelet writes the Lease by the host's own clock, as systemd writes the unit's start.
Finding Service::node_holds(const Facts& facts) const {
  const auto& node = restart_.node;
  const auto expected = fmt::format("Ready, and its Lease renewed since {} was started", title());
  const auto* object = facts.record(node_object(node));
  if (!object) return {false, expected, "no such node", "it has not joined the cluster"};
  const auto ready = condition(*object, "Ready");
  if (!ready || !ready->is_true()) return {false, expected, "not Ready", ready ? because_of(*ready) : ""};
  const auto renewed = parse_time(text_of(facts, node_lease(node), "/spec/renewTime"));
  const auto began = start_of(facts, Unit{restart_.unit});
  if (!renewed || !began) return {false, expected, "Ready", "its Lease says nothing of when it was renewed"};
  if (renewed->us >= began->us) return {true, expected, expected, ""};
  return {false, expected, "Ready, as it was before",
          fmt::format("its Lease was renewed {}, {} was started {}", when(*renewed), title(), when(*began))};
}

void Service::plan_node(Draft& draft) const {
  const auto node = node_object(restart_.node);
  draft.check(
      {conditions_of(node, draft.facts()),
       {node_lease(restart_.node), {"/spec/renewTime"}},
       {Unit{restart_.unit}, {"started", "since"}}},
      fmt::format("node {} is Ready again", restart_.node), [&](const Facts& facts) { return node_holds(facts); },
      [](const Facts&) { return Cure{core::Wait{}, {}, {}}; });
}

/// The pods of the node that have not come to their end, by name.
std::string Service::pods_note(const Facts& facts, bool they_stay) const {
  const auto* list = restart_.node.empty() ? nullptr : facts.record(pods_on(restart_.node));
  if (!list) return {};
  std::vector<std::string> pods;
  for (const auto& [pod, uid] : *list) {
    const auto phase = core::text_of(*list, pod + "#/status/phase");
    if (pod.find('#') == std::string::npos && phase != "Succeeded" && phase != "Failed") pods.push_back(pod);
  }
  if (pods.empty()) return "no pod runs there";
  return fmt::format("{} pod{} {} ({})", pods.size(), pods.size() > 1 ? "s" : "",
                     they_stay ? (pods.size() > 1 ? "stay running" : "stays running")
                               : (pods.size() > 1 ? "are stopped" : "is stopped"),
                     some_of(pods));
}

Cure Service::restarted(const Facts& facts) const {
  Cure out;
  out.remedy = core::mend(core::RestartUnit{restart_.unit, made_by(restart_, facts)}, facts,
                          [&](Facts& after) { after_restart(restart_, after); });
  if (text_of(facts, Unit{restart_.unit}, "active") != "active") return out;
  out.disruption.restarts = {restart_.unit};
  const auto* known = known_unit(restart_.unit);
  const bool they_stay = text_of(facts, Unit{restart_.unit}, "kill_mode") == "process" || (known && known->lets_go);
  const auto pods = pods_note(facts, they_stay);
  if (!they_stay)
    out.disruption.note = "everything that runs under it is stopped" + (pods.empty() ? "" : ": " + pods);
  else if (known)
    out.disruption.note = pods.empty() ? known->note : pods + ", the kubelet is away for some seconds";
  return out;
}

}  // namespace gpuctl::steps
