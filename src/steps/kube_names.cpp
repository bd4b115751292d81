#include "steps/kube_names.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "core/kube.hpp"

namespace gpuctl::steps {

namespace {

struct KnownKind {
  std::string_view kind;
  std::string_view api_version;
  bool cluster_scoped = false;
};

/// In the order of installing (Helm's, with definitions and namespaces first).
constexpr KnownKind known_kinds[] = {
    {"CustomResourceDefinition", "apiextensions.k8s.io/v1", true},
    {"Namespace", "v1", true},
    {"PriorityClass", "scheduling.k8s.io/v1", true},
    {"RuntimeClass", "node.k8s.io/v1", true},
    {"NetworkPolicy", "networking.k8s.io/v1"},
    {"ResourceQuota", "v1"},
    {"LimitRange", "v1"},
    {"PodDisruptionBudget", "policy/v1"},
    {"ServiceAccount", "v1"},
    {"Secret", "v1"},
    {"ConfigMap", "v1"},
    {"StorageClass", "storage.k8s.io/v1", true},
    {"CSIDriver", "storage.k8s.io/v1", true},
    {"PersistentVolume", "v1", true},
    {"PersistentVolumeClaim", "v1"},
    {"ClusterRole", "rbac.authorization.k8s.io/v1", true},
    {"ClusterRoleBinding", "rbac.authorization.k8s.io/v1", true},
    {"Role", "rbac.authorization.k8s.io/v1"},
    {"RoleBinding", "rbac.authorization.k8s.io/v1"},
    {"DeviceClass", "resource.k8s.io/v1", true},
    {"ResourceClaimTemplate", "resource.k8s.io/v1"},
    {"ResourceClaim", "resource.k8s.io/v1"},
    {"Service", "v1"},
    {"DaemonSet", "apps/v1"},
    {"Pod", "v1"},
    {"ReplicationController", "v1"},
    {"ReplicaSet", "apps/v1"},
    {"Deployment", "apps/v1"},
    {"HorizontalPodAutoscaler", "autoscaling/v2"},
    {"StatefulSet", "apps/v1"},
    {"Job", "batch/v1"},
    {"CronJob", "batch/v1"},
    {"IngressClass", "networking.k8s.io/v1", true},
    {"Ingress", "networking.k8s.io/v1"},
    {"APIService", "apiregistration.k8s.io/v1", true},
    {"MutatingWebhookConfiguration", "admissionregistration.k8s.io/v1", true},
    {"ValidatingWebhookConfiguration", "admissionregistration.k8s.io/v1", true},
    {"ValidatingAdmissionPolicy", "admissionregistration.k8s.io/v1", true},
    {"ValidatingAdmissionPolicyBinding", "admissionregistration.k8s.io/v1", true},
};

/// The rest of Kubernetes' own kinds that stand outside of namespaces.
constexpr std::string_view rare_cluster_scoped[] = {"Node",
                                                    "CSINode",
                                                    "VolumeAttachment",
                                                    "VolumeAttributesClass",
                                                    "CertificateSigningRequest",
                                                    "ClusterTrustBundle",
                                                    "FlowSchema",
                                                    "PriorityLevelConfiguration",
                                                    "IPAddress",
                                                    "ServiceCIDR",
                                                    "ResourceSlice",
                                                    "MutatingAdmissionPolicy",
                                                    "MutatingAdmissionPolicyBinding",
                                                    "ComponentStatus"};

const KnownKind* find_kind(const std::string& kind) {
  const auto found = std::ranges::find(known_kinds, kind, &KnownKind::kind);
  return found == std::end(known_kinds) ? nullptr : &*found;
}

}  // namespace

bool is_object_name(const std::string& text) {
  constexpr std::string_view fine = "abcdefghijklmnopqrstuvwxyz0123456789-.";
  const auto is_edge = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !text.empty() && text.size() <= 253 && text.find_first_not_of(fine) == std::string::npos &&
         is_edge(text.front()) && is_edge(text.back());
}

std::string object_name(core::Params& params, const std::string& key) {
  auto out = params.text(key);
  if (!is_object_name(out))
    params.fail(key,
                fmt::format("`{}` is no name of an object: expected lower-case letters, digits, `-` and `.`", out));
  return out;
}

std::string object_name(core::Params& params, const std::string& key, const std::string& fallback) {
  return params.has(key) ? object_name(params, key) : fallback;
}

std::string api_version_of(const std::string& kind) {
  const auto* found = find_kind(kind);
  if (found) return std::string(found->api_version);
  return kind == "Node" ? "v1" : "";
}

std::optional<bool> is_cluster_scoped(const std::string& api_version, const std::string& kind) {
  if (!core::is_builtin_group(core::group_of(api_version))) return std::nullopt;
  if (const auto* found = find_kind(kind)) return found->cluster_scoped;
  return std::ranges::find(rare_cluster_scoped, kind) != std::end(rare_cluster_scoped);
}

int install_rank(const std::string& api_version, const std::string& kind) {
  const auto* found = core::is_builtin_group(core::group_of(api_version)) ? find_kind(kind) : nullptr;
  return static_cast<int>((found ? found : std::end(known_kinds)) - std::begin(known_kinds));
}

}  // namespace gpuctl::steps
