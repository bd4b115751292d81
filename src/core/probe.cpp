#include "core/probe.hpp"

#include <fmt/core.h>

#include "core/visit.hpp"

namespace gpuctl::core {

GPUCTL_ONE_OF_IN(Probe);

bool less(const Probe& a, const Probe& b) {
  return a < b;
}
bool equal(const Probe& a, const Probe& b) {
  return a == b;
}

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

}  // namespace

std::string describe(const Probe& probe) {
  return std::visit(Overload{
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
                        [](const Command& p) { return "command " + joined(p.argv); },
                        [](const Download& p) { return "download " + p.url; },
                    },
                    probe);
}

}  // namespace gpuctl::core
