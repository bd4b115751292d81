#include <fmt/core.h>

#include "host/ask.hpp"
#include "host/decode.hpp"
#include "util/shell.hpp"

namespace gpuctl::host {

void ask_commands(Probes probes, std::vector<Question>& out) {
  for (const auto& probe : those_of<core::Command>(probes)) {
    Question question;
    question.probes = {probe};
    question.may_hang = true;
    question.patience = std::chrono::seconds(probe.timeout_s);
    question.script = fmt::format("command_ {} {} {}\n", probe.timeout_s, probe.sudo ? "''" : "\"$GPUCTL_USER\"",
                                  util::shell_command(probe.argv));
    question.decode = [probe](std::span<const Frame> frames, core::Facts& facts) {
      facts.set(probe, decode_command(frames, probe.timeout_s));
    };
    out.push_back(std::move(question));
  }
}

}  // namespace gpuctl::host
