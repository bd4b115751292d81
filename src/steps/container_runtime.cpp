#include "steps/container_runtime.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "steps/crio.hpp"
#include "steps/look.hpp"
#include "steps/nvidia_ctk.hpp"
#include "steps/toolkit.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;
using core::Handlers;
using core::Probe;
using core::Stat;
using core::Unit;

namespace {

constexpr const char* plain_config = "/etc/containerd/config.toml";

bool is_name(const std::string& name) {
  constexpr std::string_view fine = "abcdefghijklmnopqrstuvwxyz0123456789-";
  return !name.empty() && name.front() != '-' && name.find_first_not_of(fine) == std::string::npos;
}

bool serves(const KnownUnit& unit, const std::string& platform) {
  if (unit.config.empty()) return false;
  if (platform == "detect") return true;
  if (platform == "containerd") return unit.unit == "containerd.service";
  return unit.unit.starts_with(platform);
}

bool is_loaded(const Facts& facts, const KnownUnit& unit) {
  return text_of(facts, Unit{unit.unit}, "load") == "loaded";
}

/// Whether the program a handler names is there; one without a path is looked for by containerd.
bool program_is_there(const Facts& facts, const std::string& path) {
  if (!path.starts_with("/")) return true;
  const auto* answer = facts.find(Stat{path});
  return !answer || !std::holds_alternative<core::Absent>(*answer);
}

/// The handlers that a record names, for people.
std::string handlers_of(const Facts& facts, const Handlers& probe) {
  const auto* record = facts.record(probe);
  if (!record) return "no configuration";
  std::vector<std::string> names;
  for (const auto& [key, field] : *record)
    if (key.starts_with("handler.") && !std::holds_alternative<core::Absent>(field)) names.push_back(key.substr(8));
  return names.empty() ? "no handlers" : "handlers " + util::join(names, ", ") + " only";
}

}  // namespace

ContainerRuntime ContainerRuntime::from(core::Params& params) {
  ContainerRuntime out;
  out.crio_ = params.one_of("runtime", {"containerd", "crio"}, "containerd") == "crio";
  out.platform_ = params.one_of("platform", {"detect", "k3s", "rke2", "containerd"}, "detect");
  if (out.crio_ && out.platform_ != "detect")
    params.fail("platform", "expected none with `runtime: crio`: it says whose containerd it is");
  out.handler_ = params.text("handler", "nvidia");
  if (!is_name(out.handler_)) params.fail("handler", "expected a handler's name: lower-case letters, digits and `-`");
  out.drop_in_ = params.text("drop_in", "");
  if (!out.drop_in_.empty() && (!out.drop_in_.starts_with("/") || !out.drop_in_.ends_with(".toml")))
    params.fail("drop_in",
                "expected an absolute path that ends in .toml, such as /etc/containerd/conf.d/99-nvidia.toml");
  if (out.crio_ && !out.drop_in_.empty() && !out.drop_in_.starts_with(std::string(crio_folder) + "/"))
    params.fail("drop_in", fmt::format("expected a file in {}, where CRI-O looks", crio_folder));
  out.set_as_default_ = params.flag("set_as_default", false);
  params.done();
  return out;
}

std::string ContainerRuntime::title() const {
  return "handler " + handler_ + (set_as_default_ ? ", the default" : "");
}

std::vector<const KnownUnit*> ContainerRuntime::candidates() const {
  if (crio_) return {known_unit("crio.service")};
  std::vector<const KnownUnit*> out = detecting_units();
  out.push_back(known_unit("containerd.service"));
  std::erase_if(out, [&](const KnownUnit* unit) { return !serves(*unit, platform_); });
  return out;
}

/// The unit whose containerd runs the pods. k3s and RKE2 bring their own, so they come before a containerd beside them,
/// even when they are stopped; but not when they are only left over.
const KnownUnit* ContainerRuntime::target(const Facts& known) const {
  const auto is_active = [&](const KnownUnit* unit) { return text_of(known, Unit{unit->unit}, "active") == "active"; };
  const auto is_enabled = [&](const KnownUnit* unit) {
    return text_of(known, Unit{unit->unit}, "enabled") == "enabled";
  };
  auto loaded = candidates();
  std::erase_if(loaded, [&](const auto* unit) { return !is_loaded(known, *unit); });
  const auto first = [&](auto&& fits) -> const KnownUnit* {
    const auto at = std::ranges::find_if(loaded, fits);
    return at == loaded.end() ? nullptr : *at;
  };
  if (const auto* unit = first([&](const auto* u) { return u->detects && is_active(u); })) return unit;
  if (const auto* unit = first([&](const auto* u) { return u->detects && is_enabled(u); })) return unit;
  if (const auto* unit = first(is_active)) return unit;
  return loaded.empty() ? nullptr : loaded.front();
}

std::vector<Probe> ContainerRuntime::probes_of(const KnownUnit& unit, const Facts& known) const {
  auto out = restart_probes({unit.unit, {}, handler_}, known);
  if (unit.detects) {
    if (!drop_in_.empty()) {
      out.insert(out.end(), {Handlers{drop_in_}, Stat{nvidia_ctk}, Unit{"containerd.service"}});
    }
    return out;
  }
  out.emplace_back(Stat{nvidia_runtime});
  if (!crio_) out.emplace_back(core::FileText{unit.config});
  if (const auto binary = text_of(known, Handlers{unit.config}, "handler." + handler_); binary.starts_with("/"))
    out.emplace_back(Stat{binary});
  const bool looked = known.asked(Handlers{unit.config});
  if (!crio_ && looked && !handler_holds(unit, known).holds)
    out.emplace_back(NvidiaCtk{unit.config, drop_in_, handler_, set_as_default_}.preview());
  return out;
}

std::vector<Probe> ContainerRuntime::probes(const Facts& known) const {
  std::vector<Probe> out{core::Clock{}};
  for (const auto* unit : candidates()) out.emplace_back(Unit{unit->unit});
  // Until the units are known, every candidate is asked about, so that one round is enough.
  const bool asked = std::ranges::all_of(candidates(), [&](const auto* unit) { return known.asked(Unit{unit->unit}); });
  const auto* chosen = asked ? target(known) : nullptr;
  for (const auto* unit : candidates()) {
    if (asked && unit != chosen) continue;
    for (auto& probe : probes_of(*unit, known)) out.push_back(std::move(probe));
  }
  return out;
}

core::Change ContainerRuntime::plan(const Facts& known) const {
  Draft draft(kind, known);
  if (!plan_target(draft)) return draft.take();
  const auto& unit = *target(known);
  if (!plan_binary(draft, unit)) return draft.take();
  if (unit.detects) {
    if (!drop_in_.empty()) plan_drop_in(draft);
    plan_detected(draft, unit);
  } else if (crio_) {
    plan_crio(draft, unit);
  } else {
    plan_configured(draft, unit);
  }
  plan_default(draft, unit);
  if (!unit.detects) plan_read(draft, unit);
  return draft.take();
}

bool ContainerRuntime::plan_target(Draft& draft) const {
  std::vector<Need> needs;
  std::vector<std::string> names;
  for (const auto* unit : candidates()) {
    needs.emplace_back(Unit{unit->unit}, std::vector<std::string>{"load"});
    names.push_back(short_unit(unit->unit));
  }
  const auto outcome = draft.check(
      needs, "container runtime",
      [&](const Facts& facts) {
        const auto* unit = target(facts);
        const auto expected = names.size() == 1 ? names.front() : "one of " + util::join(names, ", ");
        return Finding{unit != nullptr, expected, unit ? short_unit(unit->unit) : "none of them", ""};
      },
      [&](const Facts&) {
        if (crio_) return never("install CRI-O on the host first, or say `runtime: containerd`");
        return never("install containerd, k3s or RKE2 on the host first, or say `platform` or `runtime: crio`");
      });
  return outcome == core::Outcome::passed;
}

bool ContainerRuntime::plan_binary(Draft& draft, const KnownUnit& unit) const {
  const auto paths = unit.detects ? runtime_paths() : std::vector<std::string>{nvidia_runtime};
  std::vector<Need> needs;
  for (const auto& path : paths) needs.emplace_back(Stat{path});
  const auto outcome = draft.check(
      needs, "nvidia-container-runtime",
      [&](const Facts& facts) {
        const auto at = std::ranges::find_if(paths, [&](const auto& path) { return there(facts, Stat{path}); });
        const bool found = at != paths.end();
        return Finding{found, unit.detects ? "where " + short_unit(unit.unit) + " looks for it" : nvidia_runtime,
                       found ? *at : "in none of " + util::join(paths, ", "), ""};
      },
      [](const Facts&) { return never("install nvidia-container-toolkit with an apt_packages step before this one"); });
  return outcome == core::Outcome::passed;
}

Finding ContainerRuntime::handler_holds(const KnownUnit& unit, const Facts& facts) const {
  const Handlers handlers{unit.config};
  const auto expected = fmt::format("{} -> nvidia-container-runtime", handler_);
  if (!has_handler(facts, handlers, handler_))
    return {false, expected, handlers_of(facts, handlers) + ", in " + (crio_ ? crio_folder : unit.config), ""};
  const auto binary = text_of(facts, handlers, "handler." + handler_);
  const auto seen = fmt::format("{} -> {}", handler_, binary.empty() ? "runc" : binary);
  if (!program_is_there(facts, binary)) return {false, expected, seen + ", which is not there", ""};
  const auto* type = facts.field(handlers, "type." + handler_);
  if (type && *type == core::Field{""})
    return {false, expected, seen + ", without a runtime_type", "containerd cannot use it"};
  const auto standard = crio_ ? text_of(facts, handlers, "default") : default_handler(facts, handlers);
  if (set_as_default_ && standard != handler_)
    return {false, expected + ", the default",
            seen + ", the default is " + (standard.empty() ? "CRI-O's own" : standard), ""};
  return {!binary.empty(), expected, seen, ""};
}

void ContainerRuntime::plan_detected(Draft& draft, const KnownUnit& unit) const {
  const Restart restart{unit.unit, {}, handler_};
  draft.check(
      restart_needs(restart, draft.facts()), "handler " + handler_,
      [&](const Facts& facts) {
        auto finding = handler_holds(unit, facts);
        if (!finding.holds && finding.because.empty())
          finding.because = util::join(restart_reasons(restart, facts), "; ");
        return finding;
      },
      [&](const Facts& facts) {
        if (set_as_default_ && has_handler(facts, Handlers{unit.config}, handler_))
          return never(fmt::format("say `default-runtime: {}` in /etc/rancher/{}/config.yaml", handler_,
                                   unit.unit.starts_with("k3s") ? "k3s" : "rke2"));
        if (!restart_reasons(restart, facts).empty()) return Cure{core::Awaits{unit.unit}, {}, {}};
        return never(fmt::format(
            "{} was started after the runtime was installed and did not find it: see to the PATH of the unit "
            "(/etc/default/{}) and its version",
            short_unit(unit.unit), short_unit(unit.unit)));
      });
}

/// The drop-in of the runbook, which k3s does not read.
void ContainerRuntime::plan_drop_in(Draft& draft) const {
  const NvidiaCtk ctk{plain_config, drop_in_, handler_, set_as_default_};
  draft.check(
      {{Handlers{drop_in_}, {"handler." + handler_}}, Stat{nvidia_ctk}}, "drop-in " + drop_in_,
      [&](const Facts& facts) {
        const bool holds = has_handler(facts, Handlers{drop_in_}, handler_);
        return Finding{holds, "handler " + handler_,
                       holds ? "handler " + handler_ : handlers_of(facts, Handlers{drop_in_}), ""};
      },
      [&](const Facts& facts) {
        if (!there(facts, Stat{nvidia_ctk}))
          return never(std::string(nvidia_ctk) + " is missing: reinstall nvidia-container-toolkit-base");
        auto cure = ctk.run(facts);
        if (text_of(facts, Unit{"containerd.service"}, "load") == "loaded")
          cure.disruption.note = "another containerd (containerd.service) reads it at its next start";
        return cure;
      });
}

void ContainerRuntime::plan_configured(Draft& draft, const KnownUnit& unit) const {
  const NvidiaCtk ctk{unit.config, drop_in_, handler_, set_as_default_};
  const auto* handlers = draft.facts().find(Handlers{unit.config});
  const bool known =
      handlers && !std::holds_alternative<core::Unknown>(*handlers) && !std::holds_alternative<core::Failed>(*handlers);
  if (known && !handler_holds(unit, draft.facts()).holds && !ctk.plan_before(draft)) return;
  draft.check(
      {{Handlers{unit.config}, {"handler." + handler_}}}, "handler " + handler_,
      [&](const Facts& facts) { return handler_holds(unit, facts); },
      [&](const Facts& facts) { return ctk.run(facts); });
}

/// nvidia-ctk writes a drop-in; which handlers it brings is known, so nothing has to be looked at first.
void ContainerRuntime::plan_crio(Draft& draft, const KnownUnit& unit) const {
  const CrioCtk ctk{drop_in_, handler_, set_as_default_};
  draft.check(
      {{Handlers{unit.config}, {"handler." + handler_}}}, "handler " + handler_,
      [&](const Facts& facts) { return handler_holds(unit, facts); },
      [&](const Facts& facts) { return ctk.run(facts); });
}

Finding ContainerRuntime::default_holds(const Handlers& handlers, const Facts& facts) const {
  const auto newer = text_of(facts, handlers, "newer");
  if (!newer.empty())
    return {false, "no imported file of a version above the root's", newer, "containerd would not start with it"};
  const auto named = text_of(facts, handlers, "default");
  if (crio_ && is_built_into_crio(named)) {
    const auto own = named.empty() ? "CRI-O's own" : named;
    return {true, own, own, ""};
  }
  const auto standard = default_handler(facts, handlers);
  const bool holds = has_handler(facts, handlers, standard);
  const auto* key = crio_ ? "default_runtime" : "default_runtime_name";
  return {holds, standard, holds ? standard : handlers_of(facts, handlers),
          holds ? "" : fmt::format("{} is {}, and no container could start", key, standard)};
}

void ContainerRuntime::plan_default(Draft& draft, const KnownUnit& unit) const {
  const Handlers handlers{unit.config};
  if (!there(draft.facts(), handlers)) return;
  draft.check(
      {{handlers, {"default", "newer"}}}, "default handler",
      [&](const Facts& facts) { return default_holds(handlers, facts); },
      [&](const Facts& facts) {
        if (crio_) return never(fmt::format("name it below crio.runtime.runtimes in {}, or name another", crio_folder));
        if (!text_of(facts, handlers, "newer").empty())
          return never("remove that file and let nvidia-ctk write it anew from the root file");
        return never(fmt::format(
            "name it in {} and run nvidia-ctk runtime configure again, before containerd is restarted", unit.config));
      });
}

/// One that started before the file was written does not know the handler yet.
void ContainerRuntime::plan_read(Draft& draft, const KnownUnit& unit) const {
  const Restart restart{unit.unit, {}, handler_};
  if (text_of(draft.facts(), Unit{unit.unit}, "active") != "active") return;
  if (!has_handler(draft.facts(), Handlers{unit.config}, handler_)) return;
  draft.follow(
      restart_needs(restart, draft.facts()), "handler " + handler_ + " in the running " + short_unit(unit.unit),
      [&](const Facts& facts) {
        const auto reasons = changed_inputs(restart, facts);
        return Finding{reasons.empty(), "known to it", reasons.empty() ? "known to it" : "written after its start",
                       util::join(reasons, "; ")};
      },
      [&](const Facts&) { return Cure{core::Awaits{unit.unit}, {}, {}}; });
}

}  // namespace gpuctl::steps
