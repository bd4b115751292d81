#include "chart/render/kinds.hpp"

#include <iterator>
#include <string_view>

namespace gpuctl::chart {

namespace {

constexpr std::string_view install_order[] = {
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
};

// Between these two, what is removed keeps a different order than the reverse of the one above.
constexpr std::string_view service = "Service";
constexpr std::string_view cron_job = "CronJob";

std::size_t number_of(std::string_view kind) {
  return static_cast<std::size_t>(std::find(std::begin(install_order), std::end(install_order), kind) -
                                  std::begin(install_order));
}

constexpr std::size_t count = std::size(install_order);

}  // namespace

KindPlace install_place(const std::string& kind) {
  const auto number = number_of(kind);
  return {number, number == count ? kind : ""};
}

KindPlace uninstall_place(const std::string& kind) {
  const auto number = number_of(kind);
  if (number == count) return {count, kind};
  // A Service goes as the first of the workloads, which come after it when installed.
  const auto first = number_of(service);
  const auto last = number_of(cron_job);
  if (number == first) return {count - 1 - last, ""};
  const auto place = count - 1 - number;
  return {number > first && number <= last ? place + 1 : place, ""};
}

}  // namespace gpuctl::chart
