#include "cli/sudo_password.hpp"

#include <fmt/core.h>

#include "cli/disk.hpp"
#include "util/strings.hpp"

namespace gpuctl::cli {

core::Secret SudoPassword::get(const std::string& host) {
  const std::lock_guard lock(mutex_);
  if (!known_) known_ = secrets_.keep(find(host));
  return *known_;
}

core::Secret SudoPassword::find(const std::string& host) {
  if (const auto given = variable_("GPUCTL_SUDO_PASSWORD")) return core::Secret(*given);
  if (!file_.empty()) {
    const auto lines = util::lines(read_file(file_));
    return core::Secret(lines.empty() ? "" : lines.front());
  }
  return terminal_.ask_secret(fmt::format("sudo's password on {}: ", host)).value_or(core::Secret());
}

}  // namespace gpuctl::cli
