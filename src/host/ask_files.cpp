#include <fmt/core.h>

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

Question files(const core::Files& probe) {
  Question out;
  out.script = fmt::format(
      "for f in {}; do case $f in *\"$nl\"*) continue;; esac; [ -f \"$f\" ] && file \"$f\" more \"$f\"; done\n"
      "t 0 last\n",
      glob_word(probe.glob));
  out.probes = {probe};
  out.decode = [probe](std::span<const Frame> frames, core::Facts& facts) {
    facts.set(probe, decode_files(frames.first(frames.size() - 1)));
  };
  return out;
}

}  // namespace

void ask_files(Probes probes, std::vector<Question>& out) {
  for (const auto& probe : those_of<core::FileText>(probes)) out.push_back(text(probe));
  for (const auto& probe : those_of<core::Keyring>(probes)) out.push_back(keyring(probe));
  for (const auto& probe : those_of<core::Files>(probes)) out.push_back(files(probe));
}

}  // namespace gpuctl::host
