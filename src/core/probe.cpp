#include "core/probe.hpp"

#include <fmt/core.h>

#include "core/visit.hpp"
#include "util/strings.hpp"

namespace gpuctl::core {

GPUCTL_ONE_OF_IN(Probe);

bool less(const Probe& a, const Probe& b) {
  return a < b;
}
bool equal(const Probe& a, const Probe& b) {
  return a == b;
}

bool asks_cluster(const Probe& probe) {
  return std::holds_alternative<KubeServer>(probe) || std::holds_alternative<KubeObject>(probe) ||
         std::holds_alternative<KubeList>(probe) || std::holds_alternative<KubeDryRun>(probe) ||
         std::holds_alternative<KubeLog>(probe) || std::holds_alternative<KubeLookup>(probe) ||
         std::holds_alternative<KubeApis>(probe) || std::holds_alternative<HelmReleases>(probe) ||
         std::holds_alternative<PodProof>(probe);
}

std::string describe(const Probe& probe) {
  return std::visit(
      Overload{
          [](const Clock&) -> std::string { return "the host's clock"; },
          [](const Platform&) -> std::string { return "the platform"; },
          [](const FileText& p) { return "file " + p.path; },
          [](const Stat& p) { return "attributes of " + p.path; },
          [](const Files& p) { return "files " + p.glob; },
          [](const Stats& p) { return "attributes of " + p.glob; },
          [](const Keyring& p) { return "keyring " + p.path; },
          [](const Handlers& p) { return "runtime handlers in " + p.config; },
          [](const HandlersAfterConfigure& p) {
            return fmt::format("runtime handlers in {} as nvidia-ctk would leave them", p.config);
          },
          [](const Package& p) { return "package " + p.name; },
          [](const Available& p) { return "versions of " + p.package; },
          [](const AptIndex& p) { return fmt::format("apt index of {} {}", p.uri, p.suite); },
          [](const Unit& p) { return "unit " + p.name; },
          [](const Command& p) { return "command " + util::join(p.argv, " "); },
          [](const Download& p) { return "download " + p.url; },
          [](const KubeServer&) -> std::string { return "the cluster's API server"; },
          [](const KubeObject& p) { return describe(p.object); },
          [](const KubeList& p) {
            return fmt::format("every {}{}{}", p.kind, p.namespace_.empty() ? "" : " in " + p.namespace_,
                               p.labels.empty() ? "" : " with " + p.labels);
          },
          [](const KubeDryRun& p) { return "dry run of " + describe(p.object); },
          [](const KubeLog& p) { return fmt::format("log of {} in pod {}/{}", p.container, p.namespace_, p.pod); },
          [](const KubeLookup& p) { return "lookup of " + describe(p.object); },
          [](const KubeApis&) -> std::string { return "the kinds that the cluster serves"; },
          [](const HelmReleases& p) {
            return p.name.empty() ? "Helm releases in " + p.namespace_ : "Helm release " + p.namespace_ + "/" + p.name;
          },
          [](const PodProof& p) { return "proof by pod " + p.pod.namespace_ + "/" + p.pod.name; },
      },
      probe);
}

}  // namespace gpuctl::core
