#include <fmt/core.h>

#include <filesystem>

#include "host/ask.hpp"
#include "host/containerd_config.hpp"
#include "host/crio_config.hpp"
#include "host/decode.hpp"
#include "host/script.hpp"
#include "util/shell.hpp"
#include "util/strings.hpp"

namespace gpuctl::host {

namespace {

constexpr const char* default_drop_in = "/etc/containerd/conf.d/99-nvidia.toml";  // of nvidia-ctk

/// What nvidia-ctk makes the root import, so that it reads the drop-in.
std::string imports_beside(const std::string& drop_in) {
  return (std::filesystem::path(drop_in).parent_path() / "*.toml").string();
}

/// k3s and RKE2 bring their own containerd, below the folder that their configuration lies in.
std::string programs(const std::string& config) {
  const std::string_view suffix = "/agent/etc/containerd/config.toml";
  if (!config.ends_with(suffix)) return "containerd";
  const auto base = config.substr(0, config.size() - suffix.size());
  return util::shell_quote(base + "/data/current/bin/containerd") + " " + util::shell_quote(base + "/bin/containerd");
}

/// The configuration's files, then containerd's version where the root does not tell it (version 3: 2.0 or later).
std::string files_script(const std::string& config) {
  return fmt::format(
      "confs {0}\n"
      "case \"$nl$root\" in *\"${{nl}}version = \"[3-9]*) ;; *)\n"
      "for b in {1}; do command -v \"$b\" >/dev/null || continue\n"
      "[ \"$vb\" = \"$b\" ] || {{ vb=$b; v=$(\"$b\" --version); }}\n"
      "printf '%s' \"$v\"; break; done; t 0 more containerd\n"
      ";; esac\n",
      util::shell_quote(config), programs(config));
}

/// False: one of them could not be read; `why` says it.
bool take_files(std::span<const Frame> frames, ContainerdFiles& out, core::Answer& why) {
  for (const auto& frame : frames) {
    if (frame.label == "containerd") out.version = containerd_version(frame.bytes);
    if (!frame.label.starts_with('/')) continue;
    const auto answer = decode_file(frame);
    if (const auto* text = std::get_if<core::Text>(&answer)) {
      out.files[frame.label] = text->value;
    } else if (const auto* failed = std::get_if<core::Failed>(&answer)) {
      why = core::Failed{fmt::format("{}: {}", frame.label, failed->why)};
      return false;
    }
  }
  return true;
}

/// CRI-O's root and everything below its folder. A folder that is no folder holds no files.
std::string crio_script() {
  return fmt::format(
      "IFS=$nl; set -f; set -- $(find {0}/ ! -type d); set +f; unset IFS\n"
      "for f in {1} \"$@\"; do file \"$f\" more \"$f\"; done\nt 0 last\n",
      crio_folder, crio_config);
}

Question crio(const core::Handlers& probe) {
  Question out;
  out.probes = {probe};
  out.script = crio_script();
  out.decode = [probe](std::span<const Frame> frames, core::Facts& facts) {
    ContainerdFiles given{probe.config, {}, {}, {}};
    core::Answer answer;
    if (take_files(frames, given, answer)) answer = crio_handlers(given.files);
    facts.set(probe, answer);
  };
  return out;
}

Question handlers(const core::Handlers& probe) {
  if (probe.config == crio_config) return crio(probe);
  Question out;
  out.probes = {probe};
  out.script = files_script(probe.config) + "t 0 last\n";
  out.decode = [probe](std::span<const Frame> frames, core::Facts& facts) {
    ContainerdFiles given{probe.config, {}, {}, {}};
    core::Answer answer;
    if (take_files(frames, given, answer)) answer = effective_handlers(given);
    facts.set(probe, answer);
  };
  return out;
}

core::Answer after_configure(const core::HandlersAfterConfigure& probe, std::span<const Frame> frames) {
  ContainerdFiles given{probe.config, {}, {}, {}};
  core::Answer answer;
  if (!take_files(frames, given, answer)) return answer;
  const auto& ran = frames.back();
  if (ran.exit == 127) return core::Absent{};
  if (ran.exit != 0) {
    Frame words = ran;
    words.exit = 1;
    return core::Failed{"nvidia-ctk: " + std::get<core::Failed>(decode_file(words)).why};
  }
  const auto texts = split_dry_run(ran.bytes);
  const auto before = given.files.contains(probe.config) ? given.files[probe.config] : std::string{};
  given.files[probe.config] = texts.root;
  if (texts.has_drop_in) {
    const auto drop_in = probe.drop_in.empty() ? default_drop_in : probe.drop_in;
    given.files[drop_in] = texts.drop_in;
    given.extra_imports = {imports_beside(drop_in)};
    // The dry run shows the import of the default folder, wherever the drop-in is to lie.
    const auto shown = "\"" + imports_beside(default_drop_in) + "\"";
    if (before.find(imports_beside(default_drop_in)) == std::string::npos)
      given.files[probe.config] = util::replace_all(texts.root, shown, "");
  }
  return effective_handlers(given);
}

Question configured(const core::HandlersAfterConfigure& probe) {
  const std::string drop_in = probe.drop_in.empty() ? default_drop_in : probe.drop_in;
  std::vector<std::string> argv{"nvidia-ctk",
                                "runtime",
                                "configure",
                                "--runtime=containerd",
                                "--dry-run",
                                "--config=" + probe.config,
                                "--drop-in-config=" + drop_in,
                                "--nvidia-runtime-name=" + probe.handler};
  if (probe.set_as_default) argv.push_back("--set-as-default");
  Question out;
  out.probes = {probe};
  out.patience = std::chrono::seconds(20);
  // What it logs says which of its two texts follows, so both come in one stream.
  out.script = fmt::format(
      "{}for f in {}; do [ -f \"$f\" ] && file \"$f\" more \"$f\"; done\n"
      "if command -v nvidia-ctk >/dev/null; then {} 2>&1; t \"$?\" last; else t 127 last; fi\n",
      files_script(probe.config), glob_word(imports_beside(drop_in)), util::shell_command(argv));
  out.decode = [probe](std::span<const Frame> frames, core::Facts& facts) {
    facts.set(probe, after_configure(probe, frames));
  };
  return out;
}

}  // namespace

void ask_handlers(Probes probes, std::vector<Question>& out) {
  for (const auto& probe : those_of<core::Handlers>(probes)) out.push_back(handlers(probe));
  for (const auto& probe : those_of<core::HandlersAfterConfigure>(probes)) out.push_back(configured(probe));
}

}  // namespace gpuctl::host
