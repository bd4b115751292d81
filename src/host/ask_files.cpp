#include <fmt/core.h>
#include <fnmatch.h>

#include <algorithm>

#include "host/ask.hpp"
#include "host/decode.hpp"
#include "host/script.hpp"
#include "util/shell.hpp"

namespace gpuctl::host {

namespace {

Question text(const core::FileText& probe) {
  Question out;
  out.script = fmt::format("file {} last\n", util::shell_quote(probe.path));
  out.probes = {probe};
  out.decode = [probe](std::span<const Frame> frames, core::Facts& facts) {
    facts.set(probe, decode_file(frames.front()));
  };
  return out;
}

Question keyring(const core::Keyring& probe) {
  Question out;
  out.script = fmt::format("file {} last\n", util::shell_quote(probe.path));
  out.probes = {probe};
  out.decode = [probe](std::span<const Frame> frames, core::Facts& facts) {
    facts.set(probe, decode_keyring(frames.front()));
  };
  return out;
}

// The label of a file that was asked for by its name begins with this, which no path does.
constexpr char by_name = ':';

/// A file that goes between the pattern and the look at its name is told of nowhere: it is absent.
core::Answer decode_named(std::span<const Frame> frames, const std::string& path) {
  const auto found = std::ranges::find_if(
      frames, [&](const Frame& frame) { return frame.label == path || frame.label == by_name + path; });
  return found == frames.end() ? core::Answer{core::Absent{}} : decode_file(*found);
}

/// `named`: probes for files that the pattern finds too. They are read once, and asked for by name only where the
/// pattern did not find them.
Question files(const core::Files& probe, const std::vector<core::FileText>& named) {
  Question out;
  out.script = fmt::format(
      "seen=; for f in {}; do case $f in *\"$nl\"*) continue;; esac\n"
      "[ -f \"$f\" ] && {{ file \"$f\" more \"$f\"; seen=\"$seen$nl$f\"; }}; done\n",
      glob_word(probe.glob));
  for (const auto& one : named) {
    const auto path = util::shell_quote(one.path);
    out.script +=
        fmt::format("case $seen$nl in *\"$nl\"{0}\"$nl\"*) ;; *) file {0} more {1}{0};; esac\n", path, by_name);
  }
  out.script += "t 0 last\n";
  out.probes = {probe};
  out.probes.insert(out.probes.end(), named.begin(), named.end());
  out.decode = [probe, named](std::span<const Frame> frames, core::Facts& facts) {
    const auto told = frames.first(frames.size() - 1);
    const auto found = std::ranges::find_if(told, [](const Frame& frame) { return frame.label.starts_with(by_name); });
    facts.set(probe, decode_files(told.first(static_cast<std::size_t>(found - told.begin()))));
    for (const auto& one : named) facts.set(one, decode_named(told, one.path));
  };
  return out;
}

/// The probes of `texts` that `glob` finds too; they are taken out.
std::vector<core::FileText> found_by(const std::string& glob, std::vector<core::FileText>& texts) {
  std::vector<core::FileText> out;
  std::erase_if(texts, [&](const core::FileText& text) {
    const bool found = text.path.find('\n') == std::string::npos &&
                       fnmatch(glob.c_str(), text.path.c_str(), FNM_PATHNAME | FNM_PERIOD) == 0;
    if (found) out.push_back(text);
    return found;
  });
  return out;
}

}  // namespace

void ask_files(Probes probes, std::vector<Question>& out) {
  auto texts = those_of<core::FileText>(probes);
  for (const auto& probe : those_of<core::Files>(probes)) out.push_back(files(probe, found_by(probe.glob, texts)));
  for (const auto& probe : texts) out.push_back(text(probe));
  for (const auto& probe : those_of<core::Keyring>(probes)) out.push_back(keyring(probe));
}

}  // namespace gpuctl::host
