#include "steps/platform.hpp"

#include "steps/look.hpp"

namespace gpuctl::steps {

using core::Facts;
using core::Platform;

namespace {

std::string system_name(const Facts& facts) {
  const auto name = text_of(facts, Platform{}, "name");
  return name.empty() ? "a system that does not say what it is" : name;
}

}  // namespace

bool has_systemd(Draft& draft) {
  const auto* known = draft.facts().record(Platform{});
  if (known && core::text_of(*known, "systemd") == "yes") return true;
  draft.check(
      {Platform{}}, "systemd",
      [](const Facts& facts) {
        return Finding{false, "a host that systemd runs", system_name(facts) + " without systemd", ""};
      },
      [](const Facts&) {
        return never("gpuctl manages services through systemd; take this step away from this host (`on`)");
      });
  return false;
}

bool has_apt(Draft& draft) {
  const auto* known = draft.facts().record(Platform{});
  if (known && core::text_of(*known, "apt") == "yes") return true;
  draft.check(
      {Platform{}}, "apt",
      [](const Facts& facts) {
        return Finding{false, "a Debian or Ubuntu system with apt", system_name(facts) + " without apt", ""};
      },
      [](const Facts&) { return never("this kind of step is for apt; take it away from this host (`on`)"); });
  return false;
}

}  // namespace gpuctl::steps
