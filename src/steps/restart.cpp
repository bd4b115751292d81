#include "steps/restart.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "core/predict.hpp"
#include "steps/cluster.hpp"
#include "steps/crio.hpp"
#include "steps/look.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;
using core::Handlers;
using core::Probe;
using core::Stat;
using core::Stats;
using core::Unit;

namespace {

/// RKE2 uses k3s's.
constexpr const char* rancher_socket = "/run/k3s/containerd/containerd.sock";
constexpr const char* agent_note = "pods stay running, the kubelet is away for some seconds";

KnownUnit rancher(const std::string& unit, const std::string& product) {
  const auto folder = "/var/lib/rancher/" + product + "/agent/etc/containerd";
  return {
      unit,      folder + "/config.toml", true, rancher_socket, {folder + "/*.tmpl", folder + "/config*.toml.d/*.toml"},
      agent_note};
}

const std::vector<KnownUnit>& table() {
  static const std::vector<KnownUnit> units{
      rancher("k3s-agent.service", "k3s"),
      rancher("k3s.service", "k3s"),
      rancher("rke2-agent.service", "rke2"),
      rancher("rke2-server.service", "rke2"),
      {"containerd.service",
       "/etc/containerd/config.toml",
       false,
       "",
       {"/etc/containerd/config.toml", "/etc/containerd/conf.d/*.toml"},
       "containers stay running, none can be started for some seconds"},
      {"crio.service",
       crio_config,
       false,
       "",
       {crio_config, std::string(crio_folder) + "/*"},
       "containers stay running, none can be started for some seconds",
       true},
  };
  return units;
}

/// The globs whose files the unit reads when it starts.
std::vector<std::string> inputs_of(const Restart& restart, const Facts& known) {
  auto out = restart.reads;
  const auto* unit = known_unit(restart.unit);
  if (!unit) return out;
  out.insert(out.end(), unit->reads.begin(), unit->reads.end());
  if (unit->config.empty() || unit->detects) return out;
  for (const auto& glob : util::lines(text_of(known, Handlers{unit->config}, "imports")))
    if (std::ranges::find(out, glob) == out.end()) out.push_back(glob);
  return out;
}

std::string binary_of(const Restart& restart, const KnownUnit& unit, const Facts& facts) {
  return text_of(facts, Handlers{unit.config}, "handler." + restart.handler);
}

/// Whether the file that a handler names is known to be gone.
bool is_gone(const Facts& facts, const std::string& path) {
  const auto* answer = facts.find(Stat{path});
  return answer && std::holds_alternative<core::Absent>(*answer);
}

/// Whether a file was written before the process began, beyond what the clocks can tell apart.
bool is_before(core::Time file, core::Time process) {
  return file.us + core::tick_us < process.us;
}

/// Whether the unit wrote its configuration when the runtime was there already, and nobody has changed it since: it has
/// looked and found nothing, and another start would find no more. (A file edited by hand is younger than the socket
/// that containerd made after reading it.)
bool has_looked(const KnownUnit& unit, const Facts& facts, core::Time begun, core::Time installed) {
  const auto written = time_of(facts, Stat{unit.config}, "ctime");
  const auto bound = time_of(facts, Stat{unit.socket}, "ctime");
  return written && bound && installed.us <= begun.us && !is_before(*written, begun) && written->us <= bound->us;
}

/// A time that whatever the running process has written is not older than.
std::optional<core::Time> begun_of(const Facts& facts, const Unit& unit) {
  const auto begun = time_of(facts, unit, "begun");
  return begun ? begun : start_of(facts, unit);
}

void add_detection(const Restart& restart, const KnownUnit& unit, const Facts& facts, core::Time since,
                   std::vector<std::string>& reasons) {
  const auto runtime = runtime_found(facts);
  if (runtime.empty()) return;
  const auto name = short_unit(restart.unit);
  const auto binary = binary_of(restart, unit, facts);
  const auto* handler = facts.field(Handlers{unit.config}, "handler." + restart.handler);
  if (handler && std::holds_alternative<core::Unknown>(*handler)) return;
  if (!binary.empty()) {
    if (is_gone(facts, binary))
      reasons.push_back(
          fmt::format("handler {} names {}, which is gone; {} is there", restart.handler, binary, runtime));
    return;
  }
  const auto installed = time_of(facts, Stat{runtime}, "ctime");
  const auto begun = begun_of(facts, Unit{restart.unit});
  if (installed && begun && has_looked(unit, facts, *begun, *installed)) return;
  if (installed && installed->us > since.us)
    reasons.push_back(
        fmt::format("{} runs since {}, the runtime was installed {}", name, core::describe(since), when(*installed)));
  else
    reasons.push_back(fmt::format("{} is there, but {} does not name handler {}; {} looks for it when it starts",
                                  runtime, unit.config, restart.handler, name));
}

/// The fields of an object that its kubelet writes, as far as they were asked for.
void forget_fields(const core::KubeObject& probe, const std::string& below, Facts& facts) {
  if (!facts.asked(probe)) return;
  const auto* known = facts.record(probe);
  if (!known) return facts.set(probe, core::Unknown{});
  auto after = *known;
  for (auto& [pointer, field] : after)
    if (pointer.starts_with(below) || pointer == "/metadata/resourceVersion") field = core::Unknown{};
  facts.set(probe, std::move(after));
}

void forget_node(const std::string& node, Facts& facts) {
  forget_fields(node_object(node), "/status/", facts);
  forget_fields(node_lease(node), "/spec/renewTime", facts);
  if (facts.asked(pods_on(node))) facts.set(pods_on(node), core::Unknown{});
}

/// The binary that a start will find: which of several, differs between releases.
std::optional<core::Field> detected(const Facts& facts) {
  std::vector<std::string> found;
  for (const auto& path : runtime_paths())
    if (there(facts, Stat{path})) found.push_back(path);
  if (found.empty()) return std::nullopt;
  return found.size() == 1 ? core::Field{found.front()} : core::Field{core::Unknown{}};
}

}  // namespace

std::optional<core::Time> start_of(const Facts& facts, const Unit& unit) {
  const auto started = time_of(facts, unit, "started");
  return started ? started : time_of(facts, unit, "since");
}

const KnownUnit* known_unit(const std::string& unit) {
  const auto found = std::ranges::find(table(), unit, &KnownUnit::unit);
  return found == table().end() ? nullptr : &*found;
}

std::vector<const KnownUnit*> detecting_units() {
  std::vector<const KnownUnit*> out;
  for (const auto& unit : table())
    if (unit.detects) out.push_back(&unit);
  return out;
}

std::vector<std::string> runtime_paths() {
  return {"/usr/local/nvidia/toolkit/nvidia-container-runtime", "/usr/bin/nvidia-container-runtime",
          "/usr/local/bin/nvidia-container-runtime"};
}

std::string runtime_found(const Facts& facts) {
  for (const auto& path : runtime_paths())
    if (there(facts, Stat{path})) return path;
  return {};
}

std::vector<Probe> restart_probes(const Restart& restart, const Facts& known) {
  std::vector<Probe> out{core::Clock{}, Unit{restart.unit}};
  if (!restart.node.empty()) out.insert(out.end(), {node_object(restart.node), node_lease(restart.node)});
  for (const auto& glob : inputs_of(restart, known)) out.emplace_back(Stats{glob});
  const auto* unit = known_unit(restart.unit);
  if (!unit || unit->config.empty()) return out;
  out.emplace_back(Handlers{unit->config});
  if (!unit->detects) return out;
  out.insert(out.end(), {Stat{unit->config}, Stat{unit->socket}});
  for (const auto& path : runtime_paths()) out.emplace_back(Stat{path});
  if (const auto binary = binary_of(restart, *unit, known); !binary.empty()) out.emplace_back(Stat{binary});
  return out;
}

std::vector<Need> restart_needs(const Restart& restart, const Facts& known) {
  std::vector<Need> out;
  for (const auto& probe : restart_probes(restart, known)) {
    if (std::holds_alternative<Unit>(probe))
      out.emplace_back(probe, std::vector<std::string>{"active", "since", "started", "begun", "needs_reload"});
    else if (std::holds_alternative<Handlers>(probe))
      out.emplace_back(probe, std::vector<std::string>{"handler." + restart.handler});
    else if (std::holds_alternative<Stat>(probe) || std::holds_alternative<Stats>(probe))
      out.emplace_back(probe);
  }
  return out;
}

std::vector<std::string> changed_inputs(const Restart& restart, const Facts& facts) {
  std::vector<std::string> out;
  const auto since = start_of(facts, Unit{restart.unit});
  if (!since) return out;
  for (const auto& glob : inputs_of(restart, facts))
    if (const auto input = latest(facts, Stats{glob}); input && input->second.us > since->us)
      out.push_back(fmt::format("{} runs since {}, {} was changed {}", short_unit(restart.unit), core::describe(*since),
                                input->first, when(input->second)));
  return out;
}

std::vector<std::string> restart_reasons(const Restart& restart, const Facts& facts) {
  const Unit unit{restart.unit};
  const auto name = short_unit(restart.unit);
  if (text_of(facts, unit, "active") != "active") return {name + " is not running"};
  std::vector<std::string> reasons;
  if (text_of(facts, unit, "needs_reload") == "yes")
    reasons.push_back("the definition of " + name + " was changed after systemd read it");
  for (auto& reason : changed_inputs(restart, facts)) reasons.push_back(std::move(reason));
  const auto since = start_of(facts, unit);
  if (const auto* known = known_unit(restart.unit); known && known->detects && since)
    add_detection(restart, *known, facts, *since, reasons);
  return reasons;
}

std::string made_by(const Restart& restart, const Facts& facts) {
  const auto* unit = known_unit(restart.unit);
  return unit && unit->detects && there(facts, Stat{unit->config}) ? unit->socket : "";
}

bool is_up(const Restart& restart, const Facts& facts) {
  const auto* unit = known_unit(restart.unit);
  if (!unit || !unit->detects) return true;
  if (!there(facts, Stat{unit->config})) return true;  // it runs no containerd of its own
  const auto began = begun_of(facts, Unit{restart.unit});
  const auto written = time_of(facts, Stat{unit->config}, "ctime");
  const auto bound = time_of(facts, Stat{unit->socket}, "ctime");
  return began && written && bound && !is_before(*written, *began) && !is_before(*bound, *began);
}

void after_restart(const Restart& restart, Facts& facts) {
  if (!restart.node.empty()) forget_node(restart.node, facts);
  const auto* unit = known_unit(restart.unit);
  if (!unit || !unit->detects) return;
  const Handlers effective{unit->config};
  const auto before = facts.find(effective) ? *facts.find(effective) : core::Answer{core::Unknown{}};
  core::predict_file(facts, unit->config, std::nullopt);
  if (const Stat socket{unit->socket}; facts.asked(socket))  // gone while the unit is stopped
    core::set_fields(facts, socket, {{"type", "other"}, {"ctime", core::now(facts)}});
  if (!facts.asked(effective)) return;
  facts.set(effective, before);
  if (const auto runtime = detected(facts); restart.handler == "nvidia" && runtime)
    core::set_fields(facts, effective,
                     {{"handler.nvidia", *runtime},
                      {"explicit.nvidia", "yes"},
                      {"type.nvidia", core::Unknown{}},
                      {"systemd_cgroup.nvidia", core::Unknown{}}});
}

}  // namespace gpuctl::steps
