#include "steps/readiness.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <optional>

#include "steps/cluster.hpp"

namespace gpuctl::steps {

using core::Record;
using core::text_of;

namespace {

/// A number of the object; where it says none, `otherwise`.
std::int64_t number(const Record& object, const std::string& pointer, std::int64_t otherwise = 0) {
  const auto text = text_of(object, pointer);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? value : otherwise;
}

Readiness ready(std::string observed) {
  return {true, std::move(observed), ""};
}

/// A condition of the type that is true and is bad news, or that is false and would be good.
std::optional<Readiness> told(const Record& object, const char* type, const char* bad_status) {
  const auto found = condition(object, type);
  if (!found || found->status != bad_status) return std::nullopt;
  return Readiness{false, fmt::format("{} is {}", type, bad_status), because_of(*found)};
}

/// The controller has seen what is declared now.
std::optional<Readiness> unseen(const Record& object, bool must_say) {
  const auto observed = text_of(object, "/status/observedGeneration");
  if (observed.empty() && !must_say) return std::nullopt;
  if (!observed.empty() && observed == text_of(object, "/metadata/generation")) return std::nullopt;
  return Readiness{false, "its controller has not seen it yet", ""};
}

Readiness counted(std::int64_t wanted, std::int64_t updated, std::int64_t available, const char* unit) {
  const auto seen = fmt::format("{} of {} {}", available, wanted, unit);
  if (updated < wanted) return {false, fmt::format("{}, {} of them new", seen, updated), ""};
  if (available < wanted) return {false, seen, ""};
  return ready(seen);
}

Readiness of_deployment(const Record& o) {
  if (const auto stalled = condition(o, "Progressing"); stalled && stalled->reason == "ProgressDeadlineExceeded")
    return {false,
            fmt::format("{} of {} available", number(o, "/status/availableReplicas"), number(o, "/spec/replicas", 1)),
            because_of(*stalled)};
  const auto wanted = number(o, "/spec/replicas", 1);
  if (wanted == 0) return {false, "scaled to 0", "without a replica nothing is shown"};
  const auto updated = number(o, "/status/updatedReplicas");
  const auto old = number(o, "/status/replicas") - updated;
  if (updated >= wanted && old > 0) return {false, fmt::format("{} old still there", old), ""};
  auto out = counted(wanted, updated, number(o, "/status/availableReplicas"), "available");
  if (const auto failure = condition(o, "ReplicaFailure"); !out.ready && failure && failure->is_true())
    out.because = because_of(*failure);
  return out;
}

Readiness of_daemon_set(const Record& o) {
  const auto wanted = number(o, "/status/desiredNumberScheduled");
  if (wanted == 0) return {false, "meant for no node", "no node matches its node selector, or tolerations are missing"};
  return counted(wanted, number(o, "/status/updatedNumberScheduled"), number(o, "/status/numberAvailable"),
                 "available");
}

Readiness of_stateful_set(const Record& o) {
  const auto wanted = number(o, "/spec/replicas", 1);
  if (wanted == 0) return {false, "scaled to 0", "without a replica nothing is shown"};
  const auto available = number(o, "/status/readyReplicas");
  const bool on_delete = text_of(o, "/spec/updateStrategy/type") == "OnDelete";
  const auto kept = number(o, "/spec/updateStrategy/rollingUpdate/partition");
  const bool one_revision = text_of(o, "/status/currentRevision") == text_of(o, "/status/updateRevision");
  if (!on_delete && !one_revision && number(o, "/status/updatedReplicas") < wanted - kept)
    return {false,
            fmt::format("{} of {} ready, {} of them new", available, wanted, number(o, "/status/updatedReplicas")), ""};
  return counted(wanted, wanted, available, "ready");
}

Readiness of_replica_set(const Record& o) {
  if (auto failure = told(o, "ReplicaFailure", "True")) return *failure;
  const auto wanted = number(o, "/spec/replicas", 1);
  if (wanted == 0) return {false, "scaled to 0", "without a replica nothing is shown"};
  return counted(wanted, wanted, number(o, "/status/availableReplicas"), "available");
}

Readiness of_job(const Record& o) {
  if (auto failed = told(o, "Failed", "True")) return *failed;
  if (const auto complete = condition(o, "Complete"); complete && complete->is_true()) return ready("complete");
  return {false,
          fmt::format("{} of {} done, {} running", number(o, "/status/succeeded"), number(o, "/spec/completions", 1),
                      number(o, "/status/active")),
          ""};
}

/// Why a pod's first container that waits does so.
std::string waits_for(const Record& o) {
  for (const auto* list : {"/status/initContainerStatuses", "/status/containerStatuses"})
    for (std::size_t i = 0; o.contains(fmt::format("{}/{}/name", list, i)); ++i) {
      const auto waiting = fmt::format("{}/{}/state/waiting", list, i);
      const Condition said{"", text_of(o, waiting + "/reason"), text_of(o, waiting + "/message")};
      if (!because_of(said).empty()) return because_of(said);
    }
  return {};
}

Readiness of_pod(const Record& o) {
  const auto phase = text_of(o, "/status/phase");
  if (phase == "Succeeded") return ready("Succeeded");
  const auto up = condition(o, "Ready");
  if (phase == "Running" && up && up->is_true()) return ready("Running and ready");
  auto because = waits_for(o);
  if (const auto placed = condition(o, "PodScheduled"); because.empty() && placed && placed->status == "False")
    because = because_of(*placed);
  if (because.empty()) because = text_of(o, "/status/message");
  return {false, phase.empty() ? "no word yet" : phase + (phase == "Running" ? ", not ready" : ""), because};
}

Readiness of_claim(const Record& o) {
  const auto phase = text_of(o, "/status/phase");
  return {phase == "Bound", phase.empty() ? "no word yet" : phase, ""};
}

Readiness of_service(const Record& o) {
  if (text_of(o, "/spec/type") != "LoadBalancer") return ready("there");
  for (const auto* field : {"/ip", "/hostname"})
    if (const auto address = text_of(o, std::string("/status/loadBalancer/ingress/0") + field); !address.empty())
      return ready("at " + address);
  return {false, "no address yet", ""};
}

Readiness of_definition(const Record& o) {
  if (auto refused = told(o, "NamesAccepted", "False")) return *refused;
  const auto up = condition(o, "Established");
  if (up && up->is_true()) return ready("Established");
  return {false, "not established", up ? because_of(*up) : ""};
}

constexpr const char* says_nothing = "no condition Ready";

Readiness of_any(const Record& o) {
  const auto up = condition(o, "Ready");
  if (!up) return {false, says_nothing, "it does not say whether it is ready"};
  if (up->is_true()) return ready("Ready");
  return {false, "not Ready", because_of(*up)};
}

using Rule = Readiness (*)(const Record&);

const std::map<std::string, Rule>& rules() {
  static const std::map<std::string, Rule> table{{"apps/Deployment", of_deployment},
                                                 {"apps/DaemonSet", of_daemon_set},
                                                 {"apps/StatefulSet", of_stateful_set},
                                                 {"apps/ReplicaSet", of_replica_set},
                                                 {"batch/Job", of_job},
                                                 {"/Pod", of_pod},
                                                 {"/PersistentVolumeClaim", of_claim},
                                                 {"/Service", of_service},
                                                 {"apiextensions.k8s.io/CustomResourceDefinition", of_definition}};
  return table;
}

}  // namespace

Readiness readiness(const core::KubeRef& ref, const Record& object) {
  if (object.contains("/metadata/deletionTimestamp")) return {false, "being deleted", "somebody deleted it"};
  const auto group = core::group_of(ref.api_version);
  if (auto waits = unseen(object, group == "apps")) return *waits;
  if (auto stalled = told(object, "Stalled", "True")) return *stalled;
  if (auto busy = told(object, "Reconciling", "True")) return *busy;
  const auto rule = rules().find(group + "/" + ref.kind);
  return rule == rules().end() ? of_any(object) : rule->second(object);
}

bool is_waited_for(const core::KubeRef& ref) {
  static constexpr std::string_view kinds[] = {"Deployment", "DaemonSet", "StatefulSet",          "ReplicaSet",
                                               "Pod",        "Service",   "PersistentVolumeClaim"};
  return std::find(std::begin(kinds), std::end(kinds), ref.kind) != std::end(kinds) &&
         core::is_builtin_group(core::group_of(ref.api_version));
}

Readiness readiness_in_release(const core::KubeRef& ref, const Record& object) {
  if (!is_waited_for(ref)) return {true, "there", ""};
  auto out = readiness(ref, object);
  if (!out.ready && (out.observed == "meant for no node" || out.observed == "scaled to 0")) out.ready = true;
  return out;
}

std::string standing(const core::KubeRef& ref, const Record& object) {
  const auto state = readiness(ref, object);
  if (state.observed == says_nothing) return "there";
  return state.observed + (state.because.empty() ? "" : " (" + state.because + ")");
}

std::string why_unready(const core::KubeRef& ref, const Record& object) {
  return readiness_in_release(ref, object).ready ? std::string() : standing(ref, object);
}

}  // namespace gpuctl::steps
