#include "chart/render/error_text.hpp"

#include <fmt/core.h>

#include <optional>
#include <string>
#include <vector>

#include "chart/go/space.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::string_view fail_begin = "HELM_ERR_START";
constexpr std::string_view fail_end = "HELM_ERR_END";

/// One step on the way down to what failed.
struct Step {
  std::string place;
  std::string executing;
  std::string message;

  bool operator==(const Step&) const = default;
  std::string text() const {
    std::string out;
    if (!place.empty()) out += place + "\n  ";
    if (!executing.empty()) out += executing + "\n    ";
    if (!message.empty()) out += message + "\n";
    return out;
  }
};

/// What the error wraps is told in a step of its own.
std::string own_part(std::string_view message) {
  return std::string(message.substr(0, message.find(" template:")));
}

std::optional<Step> executing_step(std::string_view text) {
  constexpr std::string_view mark = ": executing ";
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return {};
  auto rest = text.substr(at + mark.size());
  if (!rest.starts_with('"')) return {};
  const auto quote = rest.find('"', 1);
  if (quote == std::string_view::npos) return {};
  const auto name = rest.substr(1, quote - 1);
  rest.remove_prefix(quote + 1);
  constexpr std::string_view before_context = " at <";
  if (!rest.starts_with(before_context)) return {};
  rest.remove_prefix(before_context.size());
  const auto end = rest.find(">: ");
  if (end == std::string_view::npos) return {};
  return Step{std::string(text.substr(0, at)), fmt::format("executing \"{}\" at <{}>:", name, rest.substr(0, end)),
              own_part(rest.substr(end + 3))};
}

std::optional<Step> simple_step(std::string_view text) {
  const auto at = text.rfind(": ");
  if (at == std::string_view::npos) return {};
  return Step{std::string(text.substr(0, at)), "", own_part(text.substr(at + 2))};
}

std::optional<Step> step_of(const std::string& message) {
  constexpr std::string_view prefix = "template: ";
  if (!message.starts_with(prefix)) return {};
  const auto rest = std::string_view(message).substr(prefix.size());
  if (rest.starts_with("no template ")) return Step{"", "", message};
  auto out = executing_step(rest);
  return out ? out : simple_step(rest);
}

}  // namespace

std::string parse_error_text(const std::string& file, const TemplateError& error) {
  const std::string_view text = error.what();
  const auto first = text.find(": ");
  if (first == std::string_view::npos) return fmt::format("parse error in ({}): {}", file, text);
  const auto rest = text.substr(first + 2);
  const auto last = text.rfind(": ");
  return fmt::format("parse error at ({}): {}", rest.substr(0, rest.find(": ")), text.substr(last + 2));
}

std::string execution_error_text(const std::string& file, const TemplateError& error) {
  std::string text = error.what();
  if (!error.executing()) return text;
  const auto first = text.find(": ");
  const auto second = first == std::string::npos ? first : text.find(": ", first + 2);
  if (second == std::string::npos) return fmt::format("execution error in ({}): {}", file, text);
  const auto place = text.substr(first + 2, second - first - 2);
  const auto begin = text.find(fail_begin, second + 2);
  const auto end = text.rfind(fail_end);
  if (begin != std::string::npos && end != std::string::npos && end >= begin + fail_begin.size()) {
    const auto from = begin + fail_begin.size();
    return fmt::format("execution error at ({}): {}", place, text.substr(from, end - from));
  }
  std::vector<Step> steps;
  for (const auto* cause = &error; cause; cause = cause->cause()) {
    auto step = step_of(cause->what());
    if (!step) return text;
    if (steps.empty() || steps.back() != *step) steps.push_back(std::move(*step));
  }
  std::string out;
  for (const auto& step : steps) out += step.text();
  return std::string(go::trim_space(out));
}

}  // namespace gpuctl::chart
