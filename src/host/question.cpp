#include "host/question.hpp"

#include <fmt/core.h>

#include "host/ask.hpp"

namespace gpuctl::host {

std::vector<Question> questions(std::span<const core::Probe> probes) {
  std::vector<Question> out;
  for (const auto ask : {ask_system, ask_stats, ask_units, ask_packages, ask_files, ask_handlers, ask_commands})
    ask(probes, out);
  return out;
}

std::string script_of(std::span<const Question> questions) {
  std::string out;
  int number = 1;
  for (const auto& question : questions) out += fmt::format("q={}\n{}", number++, question.script);
  return out;
}

}  // namespace gpuctl::host
