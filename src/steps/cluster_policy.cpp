#include "steps/cluster_policy.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "steps/kube_names.hpp"
#include "steps/look.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;
using core::KubeLog;

namespace {

constexpr const char* validation = "state-operator-validation";
constexpr const char* ready_words = "Ready, reason Reconciled";
/// The validator of each node, and the pods that it makes to try CUDA.
constexpr const char* validator_pods = "app in (nvidia-operator-validator,nvidia-cuda-validator)";
constexpr std::size_t most_logs = 4;

/// What the operator says of its work: why it is ready, else why it is not. It keeps that in two conditions, of which
/// one at a time is true.
std::optional<Condition> verdict(const core::Record& policy) {
  const auto error = condition(policy, "Error");
  if (error && error->is_true()) return Condition{"False", error->reason, error->message};
  return condition(policy, "Ready");
}

/// The states between the brackets of `ClusterPolicy is not ready, states not ready: [a b]`.
std::vector<std::string> not_ready(const std::string& message) {
  const auto open = message.find('[');
  const auto close = message.find(']', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos) return {};
  return util::words(util::replace_all(message.substr(open + 1, close - open - 1), ",", " "));
}

/// A container that has not come to its end: the first that failed, or that waits to be started again.
std::string failing_container(const core::Record& list, const std::string& pod) {
  for (std::size_t i = 0;; ++i) {
    const auto status = fmt::format("{}#/status/initContainerStatuses/{}", pod, i);
    auto name = core::text_of(list, status + "/name");
    if (name.empty()) return {};
    if (core::text_of(list, status + "/state/terminated/exitCode") == "0") continue;
    const bool ran = list.contains(status + "/state/terminated/exitCode") ||
                     list.contains(status + "/lastState/terminated/exitCode");
    if (ran) return name;
  }
}

std::vector<std::string> keys_of(const core::Record& config) {
  std::vector<std::string> out;
  const std::string below = "/data/";
  for (const auto& [pointer, field] : config)
    if (pointer.starts_with(below)) out.push_back(core::key_of(pointer.substr(below.size())));
  return out;
}

/// The last lines that say anything.
std::string last_lines(const std::string& log) {
  std::vector<std::string> said;
  for (const auto& line : util::lines(log))
    if (!util::trim(line).empty()) said.emplace_back(util::trim(line));
  constexpr std::size_t most = 6;
  if (said.size() > most) said.erase(said.begin(), said.end() - static_cast<std::ptrdiff_t>(most));
  return util::join(said, " | ");
}

}  // namespace

ClusterPolicy ClusterPolicy::from(core::Params& params) {
  ClusterPolicy out;
  out.name_ = object_name(params, "name", "cluster-policy");
  out.operator_namespace_ = object_name(params, "operator_namespace", "gpu-operator");
  params.done();
  return out;
}

core::KubeObject ClusterPolicy::object() const {
  return {{"nvidia.com/v1", "ClusterPolicy", "", name_}};
}

/// What runs in the operator's namespace; an operator that is applied is among them at once.
core::KubeList ClusterPolicy::operators() const {
  return {"apps/v1", "Deployment", operator_namespace_, "", "", {}};
}

core::KubeList ClusterPolicy::validators(const Facts& known) const {
  const auto said = text_of(known, object(), "/status/namespace");
  return pods_in(said.empty() ? operator_namespace_ : said, validator_pods);
}

bool ClusterPolicy::only_validation(const Facts& known) const {
  const auto* policy = known.record(object());
  const auto said = policy ? verdict(*policy) : std::nullopt;
  return said && !said->is_true() && said->reason == "OperandNotReady" &&
         not_ready(said->message) == std::vector<std::string>{validation};
}

std::vector<core::Probe> ClusterPolicy::logs(const Facts& known) const {
  std::vector<core::Probe> out;
  const auto* list = known.record(validators(known));
  if (!list) return out;
  for (const auto& [pod, uid] : *list) {
    if (pod.find('#') != std::string::npos || out.size() == most_logs) continue;
    const auto container = failing_container(*list, pod);
    const auto slash = pod.find('/');
    if (!container.empty()) out.emplace_back(KubeLog{pod.substr(0, slash), pod.substr(slash + 1), container});
  }
  return out;
}

std::vector<core::Probe> ClusterPolicy::probes(const Facts& known) const {
  std::vector<core::Probe> out{object()};
  if (known.asked(object()) && !known.record(object())) out.emplace_back(operators());
  if (const auto config = plugin_config(known)) out.emplace_back(*config);
  if (!only_validation(known)) return out;
  out.emplace_back(validators(known));
  for (auto& log : logs(known)) out.push_back(std::move(log));
  return out;
}

/// The ConfigMap that the device plugin is to take its configuration from, where the policy names one.
std::optional<core::KubeObject> ClusterPolicy::plugin_config(const Facts& known) const {
  const auto name = text_of(known, object(), "/spec/devicePlugin/config/name");
  if (name.empty()) return {};
  return core::KubeObject{{"v1", "ConfigMap", operator_namespace_, name}};
}

/// Without the key that is named, the plugin waits for it on every node, and nothing says why.
void ClusterPolicy::plan_plugin_config(Draft& draft) const {
  const auto config = plugin_config(draft.facts());
  if (!config || !draft.facts().asked(*config)) return;
  const auto key = text_of(draft.facts(), object(), "/spec/devicePlugin/config/default");
  const auto where = core::describe(config->object);
  draft.check(
      {*config}, "the device plugin's configuration",
      [&](const Facts& facts) {
        const auto* live = facts.record(*config);
        const auto expected = key.empty() ? where : fmt::format("key {} in {}", key, where);
        if (!live) return Finding{false, expected, "absent", "the policy's devicePlugin.config names it"};
        const auto keys = keys_of(*live);
        const bool holds = key.empty() || std::ranges::find(keys, key) != keys.end();
        return Finding{holds, expected, keys.empty() ? "no key" : "keys " + some_of(keys, 8), ""};
      },
      [&](const Facts&) {
        return never(key.empty()
                         ? "make " + where + ", or name another by devicePlugin.config.name of the chart's values"
                         : fmt::format("put the key {} into {}, or name one that is there by "
                                       "devicePlugin.config.default of the chart's values",
                                       key, where));
      });
}

core::Change ClusterPolicy::plan(const Facts& known) const {
  Draft draft(kind, known);
  plan_plugin_config(draft);
  if (plan_policy(draft) != core::Outcome::passed) return draft.take();
  draft.check(
      {object()}, "validator", [&](const Facts& facts) { return validator_holds(facts); },
      [](const Facts&) { return Cure{core::Wait{}, {}, {}}; });
  return draft.take();
}

/// The operator brings the kind and the object, some operators by themselves: where one is, or will be, time closes it.
core::Outcome ClusterPolicy::plan_policy(Draft& draft) const {
  const auto* answer = draft.facts().find(object());
  const auto* failed = answer ? std::get_if<core::Failed>(answer) : nullptr;
  const bool missing = failed || (answer && std::holds_alternative<core::Absent>(*answer));
  const auto needs = failed ? std::vector<Need>{} : std::vector<Need>{status_of(object())};
  return draft.check(
      made_by_controllers(needs, !missing, draft.facts(), operators()), "policy",
      [&](const Facts& facts) {
        if (failed) return Finding{false, ready_words, "not known", failed->why};
        return policy_holds(facts);
      },
      [&](const Facts& facts) {
        const auto* deployed = facts.record(operators());
        if (!missing || (deployed && !deployed->empty())) return Cure{core::Wait{}, {}, {}};
        return never(fmt::format("there is no operator in {}: put the step that installs it before this one",
                                 operator_namespace_));
      });
}

Finding ClusterPolicy::policy_holds(const Facts& facts) const {
  const auto* policy = facts.record(object());
  if (!policy) return {false, ready_words, "absent", ""};
  const auto said = verdict(*policy);
  if (!said) return {false, ready_words, "no word yet", "the operator has not looked at it, or does not run"};
  if (only_validation(facts)) return {true, ready_words, "all but its validation is ready", ""};
  const auto seen = fmt::format("{}, reason {}", said->is_true() ? "Ready" : "not ready", said->reason);
  const bool holds = said->is_true() && said->reason == "Reconciled";
  std::string because = holds ? "" : said->message;
  if (said->is_true() && !holds)
    because += (because.empty() ? "" : ": ") + std::string("it is ready because it has nothing to do");
  return {holds, ready_words, seen, because};
}

/// What the validator's pods say, quoted: a waiver matches its words.
std::string ClusterPolicy::evidence(const Facts& facts) const {
  std::vector<std::string> out;
  for (const auto& probe : logs(facts)) {
    const auto* text = facts.text(probe);
    const auto& log = std::get<KubeLog>(probe);
    out.push_back(fmt::format("{} of pod {}: {}", log.container, log.pod,
                              text ? "`" + last_lines(*text) + "`" : std::string("its log cannot be read")));
  }
  return util::join(out, "; ");
}

Finding ClusterPolicy::validator_holds(const Facts& facts) const {
  if (!only_validation(facts)) return {true, "ready", "ready", ""};
  const auto pods = troubled(facts, validators(facts));
  const auto said = evidence(facts);
  auto because = verdict(*facts.record(object()))->message;
  if (!pods.empty()) because += "; " + pods;
  return {false, "ready", said.empty() ? "not ready" : said, because};
}

}  // namespace gpuctl::steps
