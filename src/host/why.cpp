#include <fmt/core.h>

#include "core/visit.hpp"
#include "host/act.hpp"
#include "host/act_parts.hpp"
#include "util/strings.hpp"

namespace gpuctl::host {

namespace {

/// A message that a program is known to give, what it means, and what to try. `{}` is the line it was found in.
struct Known {
  std::string_view seen;
  const char* meaning;
  const char* advice = "";
};

constexpr const char* make_room = "make room there, and run gpuctl again: it goes on from what is there";
constexpr const char* see_to_server = "see to the server and to the way there (proxy, firewall), and run gpuctl again";
constexpr const char* see_to_key = "compare the fingerprint in the playbook with the one that the vendor publishes";

constexpr Known known[] = {
    {"dpkg was interrupted", "an earlier dpkg run was interrupted: {}"},
    {"No space left on device", "the disk is full: {}", make_room},
    {"Read-only file system", "the file system is read-only: {}",
     "remount it writable; a disk that turned read-only by itself has errors: see dmesg"},
    {"NO_PUBKEY", "the repository is signed by a key that the keyring does not hold: {}", see_to_key},
    {"Conflicting values set for option Signed-By", "two lists name the same repository with different keys: {}"},
    {"You don't have enough free space", "the disk is full: {}", make_room},
    {"The following signatures were invalid", "the repository's signature is not valid: {}", see_to_key},
    {"is not signed", "the repository is not signed, or by a key that apt does not trust: {}", see_to_key},
    {"EXPKEYSIG", "the repository's key has expired: {}", see_to_key},
    {"does not have a Release file", "the repository is not there: {}",
     "correct uri and suite of the apt_repository step"},
    {"404  Not Found", "the repository answers that it has no such file: {}",
     "correct uri and suite of the apt_repository step"},
    {"Could not resolve", "the repository's name cannot be resolved: {}", "see to the name servers of the host"},
    {"Could not connect", "the repository cannot be reached: {}", see_to_server},
    {"Unable to connect", "the repository cannot be reached: {}", see_to_server},
    {"Connection timed out", "the repository cannot be reached: {}", see_to_server},
    {"Connection failed", "the repository cannot be reached: {}", see_to_server},
    {"Failed to fetch", "the repository could not be read: {}"},
    {"Hash Sum mismatch", "the repository changed while it was read: {}"},
    {"was not found", "apt's index does not offer that version: {}"},
    {"Unable to locate package", "apt's index does not know the package: {}"},
    {"has no installation candidate", "apt's index does not offer the package: {}"},
    {"unmet dependencies", "the packages do not fit together: {}"},
    {"held broken packages", "the packages do not fit together: {}"},
    {"post-installation script subprocess returned error", "a package's own script failed: {}",
     "see the script's words below; once the cause is gone, gpuctl provision finishes what is half done"},
    {"Permission denied", "permission was denied: {}"},
    {"Is a directory", "a folder stands in its place: {}"},
    {"not found", "a program or a unit is missing: {}"},
};

std::string line_with(const std::vector<std::string>& lines, std::string_view what) {
  for (const auto& line : lines)
    if (line.find(what) != std::string::npos) return std::string(util::trim(line));
  return {};
}

/// Whose words they are is of no interest.
std::string without_program(const std::string& line) {
  return line.starts_with("tee: ") ? line.substr(5) : line;
}

std::string last_line(const std::vector<std::string>& lines) {
  for (auto at = lines.rbegin(); at != lines.rend(); ++at)
    if (!util::trim(*at).empty()) return std::string(util::trim(*at));
  return {};
}

std::string program(const core::Action& action) {
  return std::visit(core::Overload{
                        [](const core::WriteFile& a) { return "writing " + a.path; },
                        [](const core::RemoveFile& a) { return "removing " + a.path; },
                        [](const core::ConfigurePackages&) -> std::string { return "dpkg --configure -a"; },
                        [](const core::HoldPackages&) -> std::string { return "apt-mark"; },
                        [](const core::InstallPackages&) -> std::string { return "apt-get install"; },
                        [](const core::RefreshIndex&) -> std::string { return "apt-get update"; },
                        [](const core::RestartUnit& a) { return "systemctl restart " + a.unit; },
                        [](const core::EnableUnit& a) { return "systemctl enable " + a.unit; },
                        [](const core::Run& a) { return a.argv.empty() ? a.title : a.argv.front(); },
                        [](const auto& a) { return core::describe(core::Action(a)); },
                    },
                    action);
}

}  // namespace

Why why_failed(const core::Action& action, int exit, const std::string& output) {
  const auto lines = util::lines(output);
  if (exit == lock_held) {
    const auto held = line_with(lines, "lock held by ");
    return {"the package lock is " + (held.size() > 13 ? held.substr(5) : "held by another program"),
            "wait for that program's end, or end it; `lock_timeout` of the step says how long gpuctl waits for it"};
  }
  if (const auto* run = std::get_if<core::Run>(&action); run && (exit == timed_out || exit == 137 || exit == 143))
    return {fmt::format("{} did not end within {} s", program(action), run->timeout_s), ""};
  if (!std::holds_alternative<core::Run>(action))
    for (const auto& [seen, meaning, advice] : known)
      if (const auto line = line_with(lines, seen); !line.empty())
        return {fmt::format(fmt::runtime(meaning), without_program(line)), advice};
  const auto last = last_line(lines);
  return {fmt::format("{} ended with exit code {}{}{}", program(action), exit, last.empty() ? "" : ": ", last), ""};
}

}  // namespace gpuctl::host
