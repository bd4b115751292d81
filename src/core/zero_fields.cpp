#include "core/zero_fields.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace gpuctl::core {

namespace {

/// Mappings of texts.
constexpr std::array<std::string_view, 14> mappings{
    "data",     "binaryData", "stringData", "labels",   "annotations", "matchLabels", "nodeSelector",
    "selector", "limits",     "requests",   "capacity", "hard",        "parameters",  "options"};

/// Pointers, and what has no omitempty.
constexpr std::string_view kept[] = {"activeDeadlineSeconds",
                                     "allocateLoadBalancerNodePorts",
                                     "allowPrivilegeEscalation",
                                     "allowVolumeExpansion",
                                     "attachRequired",
                                     "automountServiceAccountToken",
                                     "averageUtilization",
                                     "backoffLimit",
                                     "backoffLimitPerIndex",
                                     "blockOwnerDeletion",
                                     "completions",
                                     "controller",
                                     "defaultMode",
                                     "deletionGracePeriodSeconds",
                                     "enableServiceLinks",
                                     "expirationSeconds",
                                     "failedJobsHistoryLimit",
                                     "fsGroup",
                                     "globalDefault",
                                     "gracePeriodSeconds",
                                     "hostUsers",
                                     "image",
                                     "immutable",
                                     "maxSurge",
                                     "maxUnavailable",
                                     "minAvailable",
                                     "minReplicas",
                                     "mode",
                                     "name",
                                     "optional",
                                     "parallelism",
                                     "partition",
                                     "periodSeconds",
                                     "podInfoOnMount",
                                     "preemptionPolicy",
                                     "privileged",
                                     "procMount",
                                     "progressDeadlineSeconds",
                                     "readOnlyRootFilesystem",
                                     "replicas",
                                     "requiresRepublish",
                                     "revisionHistoryLimit",
                                     "runAsGroup",
                                     "runAsNonRoot",
                                     "runAsUser",
                                     "scopeName",
                                     "seLinuxMount",
                                     "served",
                                     "setHostnameAsFQDN",
                                     "shareProcessNamespace",
                                     "startingDeadlineSeconds",
                                     "storage",
                                     "storageCapacity",
                                     "storageClassName",
                                     "successfulJobsHistoryLimit",
                                     "suspend",
                                     "terminationGracePeriodSeconds",
                                     "timeoutSeconds",
                                     "tolerationSeconds",
                                     "ttlSecondsAfterFinished",
                                     "weight"};

bool is_zero(const Leaf& leaf) {
  return leaf.string ? leaf.text.empty() : leaf.text == "false" || leaf.text == "0";
}

bool is_among(const auto& names, std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

/// The member that the pointer names, and what that is a member of.
std::pair<std::string_view, std::string_view> last_two(std::string_view pointer) {
  const auto last = pointer.rfind('/');
  if (last == std::string_view::npos) return {pointer, {}};
  const auto above = pointer.substr(0, last);
  return {pointer.substr(last + 1), above.substr(above.rfind('/') + 1)};
}

}  // namespace

bool is_left_out(const Fields& object, const std::string& pointer) {
  const auto leaf = object.find(pointer);
  const auto version = object.find("/apiVersion");
  if (leaf == object.end() || version == object.end() || !is_zero(leaf->second)) return false;
  if (!is_builtin_group(group_of(version->second.text))) return false;
  const auto [name, in] = last_two(pointer);
  return !is_among(kept, name) && !is_among(mappings, in);
}

}  // namespace gpuctl::core
