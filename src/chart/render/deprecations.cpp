#include "chart/render/deprecations.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

/// Kinds of a version of a group, the minor version of Kubernetes 1 that deprecates them, the one without them (0: none
/// yet), and what is used instead; `instead` where that kind has another name.
struct Deprecation {
  std::string_view version;
  int since, gone;
  std::string_view replacement, instead, kinds;
};

// The life cycles that Kubernetes 1.35 declares of its kinds (k8s.io/api, zz_generated.prerelease-lifecycle.go).
constexpr Deprecation deprecations[] = {
    {"admissionregistration.k8s.io/v1alpha1", 29, 32, "", "",
     "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding"},
    {"admissionregistration.k8s.io/v1alpha1", 35, 38, "", "", "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding"},
    {"admissionregistration.k8s.io/v1beta1", 16, 22, "admissionregistration.k8s.io/v1", "",
     "MutatingWebhookConfiguration ValidatingWebhookConfiguration"},
    {"admissionregistration.k8s.io/v1beta1", 31, 34, "", "",
     "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding"},
    {"admissionregistration.k8s.io/v1beta1", 37, 40, "", "", "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding"},
    {"apps/v1beta1", 8, 16, "apps/v1", "", "ControllerRevision Deployment DeploymentRollback StatefulSet"},
    {"apps/v1beta1", 8, 16, "autoscaling/v1", "", "Scale"},
    {"apps/v1beta2", 9, 16, "apps/v1", "", "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet"},
    {"apps/v1beta2", 9, 16, "autoscaling/v1", "", "Scale"},
    {"authentication.k8s.io/v1alpha1", 29, 32, "", "", "SelfSubjectReview"},
    {"authentication.k8s.io/v1beta1", 19, 22, "authentication.k8s.io/v1", "", "TokenReview"},
    {"authentication.k8s.io/v1beta1", 30, 33, "", "", "SelfSubjectReview"},
    {"authorization.k8s.io/v1beta1", 19, 22, "authorization.k8s.io/v1", "",
     "LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview"},
    {"autoscaling/v2beta1", 22, 25, "autoscaling/v2", "", "HorizontalPodAutoscaler"},
    {"autoscaling/v2beta2", 23, 26, "autoscaling/v2", "", "HorizontalPodAutoscaler"},
    {"batch/v1beta1", 21, 25, "batch/v1", "", "CronJob"},
    {"certificates.k8s.io/v1alpha1", 34, 37, "", "", "ClusterTrustBundle"},
    {"certificates.k8s.io/v1beta1", 19, 22, "certificates.k8s.io/v1", "", "CertificateSigningRequest"},
    {"certificates.k8s.io/v1beta1", 36, 39, "", "", "ClusterTrustBundle"},
    {"certificates.k8s.io/v1beta1", 38, 41, "", "", "PodCertificateRequest"},
    {"coordination.k8s.io/v1alpha2", 35, 38, "", "", "LeaseCandidate"},
    {"coordination.k8s.io/v1beta1", 19, 22, "coordination.k8s.io/v1", "", "Lease"},
    {"coordination.k8s.io/v1beta1", 36, 39, "", "", "LeaseCandidate"},
    {"discovery.k8s.io/v1beta1", 21, 25, "discovery.k8s.io/v1", "", "EndpointSlice"},
    {"events.k8s.io/v1beta1", 22, 25, "", "", "Event"},
    {"extensions/v1beta1", 2, 16, "", "", "Scale"},
    {"extensions/v1beta1", 8, 16, "apps/v1", "", "DaemonSet Deployment ReplicaSet"},
    {"extensions/v1beta1", 8, 16, "", "", "DeploymentRollback"},
    {"extensions/v1beta1", 9, 16, "networking.k8s.io/v1", "", "NetworkPolicy"},
    {"extensions/v1beta1", 14, 22, "networking.k8s.io/v1", "", "Ingress"},
    {"flowcontrol.apiserver.k8s.io/v1beta1", 23, 26, "flowcontrol.apiserver.k8s.io/v1beta3", "",
     "FlowSchema PriorityLevelConfiguration"},
    {"flowcontrol.apiserver.k8s.io/v1beta2", 26, 29, "flowcontrol.apiserver.k8s.io/v1beta3", "",
     "FlowSchema PriorityLevelConfiguration"},
    {"flowcontrol.apiserver.k8s.io/v1beta3", 29, 32, "flowcontrol.apiserver.k8s.io/v1", "",
     "FlowSchema PriorityLevelConfiguration"},
    {"networking.k8s.io/v1beta1", 19, 22, "networking.k8s.io/v1", "", "Ingress"},
    {"networking.k8s.io/v1beta1", 19, 22, "networking.k8s.io/v1", "IngressClassList", "IngressClass"},
    {"networking.k8s.io/v1beta1", 34, 37, "", "", "IPAddress ServiceCIDR"},
    {"node.k8s.io/v1beta1", 22, 25, "", "", "RuntimeClass"},
    {"policy/v1beta1", 21, 25, "policy/v1", "", "PodDisruptionBudget"},
    {"policy/v1beta1", 22, 25, "", "", "Eviction"},
    {"rbac.authorization.k8s.io/v1beta1", 17, 22, "rbac.authorization.k8s.io/v1", "",
     "ClusterRole ClusterRoleBinding Role RoleBinding"},
    {"resource.k8s.io/v1alpha3", 36, 39, "", "", "DeviceTaintRule"},
    {"resource.k8s.io/v1beta1", 35, 38, "", "", "DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice"},
    {"resource.k8s.io/v1beta2", 36, 39, "", "", "DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice"},
    {"scheduling.k8s.io/v1beta1", 14, 22, "scheduling.k8s.io/v1", "", "PriorityClass"},
    {"storage.k8s.io/v1alpha1", 21, 24, "storage.k8s.io/v1beta1", "", "CSIStorageCapacity"},
    {"storage.k8s.io/v1alpha1", 21, 24, "storage.k8s.io/v1", "", "VolumeAttachment"},
    {"storage.k8s.io/v1alpha1", 32, 35, "storage.k8s.io/v1", "", "VolumeAttributesClass"},
    {"storage.k8s.io/v1beta1", 17, 22, "storage.k8s.io/v1", "", "CSINode"},
    {"storage.k8s.io/v1beta1", 19, 22, "storage.k8s.io/v1", "", "CSIDriver StorageClass VolumeAttachment"},
    {"storage.k8s.io/v1beta1", 24, 27, "storage.k8s.io/v1", "", "CSIStorageCapacity"},
    {"storage.k8s.io/v1beta1", 34, 37, "storage.k8s.io/v1", "", "VolumeAttributesClass"},
    {"storagemigration.k8s.io/v1beta1", 38, 41, "", "", "StorageVersionMigration"},
    {"v1", 19, 0, "", "", "ComponentStatus"},
    {"v1", 33, 0, "discovery.k8s.io/v1", "EndpointSlice", "Endpoints"},
};

bool names(std::string_view kinds, std::string_view kind) {
  return std::ranges::any_of(util::words(kinds), [&](const std::string& one) { return one == kind; });
}

std::string words(const Deprecation& found, const std::string& kind) {
  std::string out = fmt::format("{} {} is deprecated in v1.{}+", found.version, kind, found.since);
  if (found.gone != 0) out += fmt::format(", unavailable in v1.{}+", found.gone);
  if (!found.replacement.empty())
    out += fmt::format("; use {} {}", found.replacement, found.instead.empty() ? kind : found.instead);
  return out;
}

}  // namespace

std::string deprecation(const std::string& api_version, const std::string& kind, int minor) {
  for (const auto& one : deprecations)
    if (one.version == api_version && minor >= one.since && names(one.kinds, kind)) return words(one, kind);
  return {};
}

}  // namespace gpuctl::chart
