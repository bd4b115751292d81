#include "host/act.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "host/act_parts.hpp"
#include "util/journal.hpp"
#include "util/shell.hpp"

namespace gpuctl::host {

std::string act_script(const core::RestartUnit& action) {
  // A unit may take for ever to say that it is up (k3s has no limit); whether it came up is looked at afterwards. What
  // it makes is waited for in small steps, because sh cannot be told of it.
  return fmt::format(
      "u={} m={}\n"
      "[ \"$(systemctl show -p NeedDaemonReload --value -- \"$u\")\" != yes ] || systemctl daemon-reload || exit\n"
      "made() {{ stat -c '%i %z' -- \"$m\" 2>/dev/null; }}\n"
      "o=$(made)\n"
      "timeout 60 systemctl restart -- \"$u\"; r=$?\n"
      "[ $r = 0 ] || journalctl -q --no-pager -n 300 -o cat -u \"$u\" | grep -v {} | tail -n 20\n"
      "[ $r = 124 ] || [ $r = 143 ] || [ $r = 0 ] || exit $r\n"
      "[ -n \"$m\" ] || exit 0\n"
      "i=0; while n=$(made); [ -z \"$n\" ] || [ \"$n\" = \"$o\" ]; do\n"
      "  i=$((i + 1)); [ $i -lt 500 ] || exit 0\n"
      "  [ $((i % 10)) != 1 ] || systemctl -q is-active -- \"$u\" || exit 0\n"
      "  sleep 0.02 || {{ sleep 1; i=$((i + 49)); }}\n"
      "done\n",
      util::shell_quote(action.unit), util::shell_quote(action.makes), util::grep_left_over());
}

std::string act_script(const core::EnableUnit& action) {
  return fmt::format("systemctl enable -- {}\n", util::shell_quote(action.unit));
}

std::string act_script(const core::Run& action) {
  return fmt::format("timeout -k 10 {} {}\n", action.timeout_s, util::shell_command(action.argv));
}

std::string act_script(const core::Action& action) {
  return std::visit(
      []<class A>(const A& kind) -> std::string {
        if constexpr (core::is_on_cluster<A>)
          return "echo 'this is for the cluster, not for a host'; exit 1\n";
        else
          return act_script(kind);
      },
      action);
}

std::string act_functions(std::span<const core::Action> actions) {
  const auto any = [&]<class... Kinds>() {
    return std::ranges::any_of(actions,
                               [](const core::Action& a) { return (std::holds_alternative<Kinds>(a) || ...); });
  };
  std::string out;
  if (any.operator()<core::WriteFile>()) out += file_functions;
  if (any.operator()<core::InstallPackages, core::ConfigurePackages, core::HoldPackages, core::RefreshIndex>())
    out += apt_functions;
  return out;
}

}  // namespace gpuctl::host
