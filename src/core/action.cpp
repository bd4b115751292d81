#include "core/action.hpp"

#include <fmt/core.h>

#include "core/visit.hpp"
#include "util/strings.hpp"

namespace gpuctl::core {

GPUCTL_ONE_OF_IN(Action);

namespace {

std::string with_versions(const std::vector<PackageVersion>& packages) {
  std::string out;
  for (const auto& package : packages) {
    out += out.empty() ? "" : " ";
    out += package.version.empty() ? package.name : package.name + "=" + package.version;
  }
  return out;
}

}  // namespace

bool equal(const Action& a, const Action& b) {
  return a == b;
}

std::string describe(const Action& action) {
  return std::visit(Overload{
                        [](const WriteFile& a) { return fmt::format("write {} ({} bytes)", a.path, a.content.size()); },
                        [](const RemoveFile& a) { return "remove " + a.path; },
                        [](const InstallPackages& a) {
                          return fmt::format("install {}{}", with_versions(a.packages), a.hold ? ", held" : "");
                        },
                        [](const ConfigurePackages&) -> std::string { return "finish the interrupted dpkg run"; },
                        [](const HoldPackages& a) {
                          return fmt::format("{} {}", a.hold ? "hold" : "unhold", util::join(a.packages, " "));
                        },
                        [](const RefreshIndex& a) { return "refresh the apt index of " + a.list; },
                        [](const RestartUnit& a) { return "restart " + a.unit; },
                        [](const EnableUnit& a) { return "enable " + a.unit; },
                        [](const Run& a) { return a.title.empty() ? "run " + util::join(a.argv, " ") : a.title; },
                        [](const KubeApply& a) { return "apply " + describe(a.object); },
                        [](const KubeDelete& a) { return "delete " + describe(a.object); },
                        [](const KubeTaint& a) {
                          return fmt::format("{} {}{}:{} {} node {}", a.remove ? "remove taint" : "taint", a.key,
                                             a.value.empty() ? "" : "=" + a.value, a.effect, a.remove ? "from" : "onto",
                                             a.node);
                        },
                        [](const HelmChange& a) {
                          return fmt::format("{} release {}/{}, revision {}", a.what, a.namespace_, a.name, a.revision);
                        },
                    },
                    action);
}

}  // namespace gpuctl::core
