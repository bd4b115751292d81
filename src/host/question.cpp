#include "host/question.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "host/ask.hpp"

namespace gpuctl::host {

std::vector<Question> questions(std::span<const core::Probe> probes) {
  std::vector<Question> out;
  for (const auto ask : {ask_system, ask_stats, ask_units, ask_packages, ask_files, ask_handlers, ask_commands})
    ask(probes, out);
  return out;
}

namespace {

std::string numbered(std::span<const Question> questions, std::size_t number) {
  std::string out;
  for (const auto& question : questions) out += fmt::format("q={}\n{}", number++, question.script);
  return out;
}

}  // namespace

std::string script_of(std::span<const Question> questions) {
  return numbered(questions, 1);
}

std::string script_beside(std::span<const Question> questions) {
  const auto first = std::ranges::find_if(questions, &Question::may_hang);
  const auto own = static_cast<std::size_t>(first - questions.begin());
  // What a later part answers waits in the pipe, and the part with it once that is full, until the earlier have
  // answered.
  std::string out;
  std::size_t begin = 0;
  for (const std::size_t end : {own / 2, own, questions.size()}) {
    if (begin == end) continue;
    const auto part = numbered(questions.subspan(begin, end - begin), begin + 1);
    out = out.empty() ? part : fmt::format("{{\n{}}} | {{\n{{\n{}}} </dev/null\ncat\n}}\n", part, out);
    begin = end;
  }
  return out;
}

}  // namespace gpuctl::host
