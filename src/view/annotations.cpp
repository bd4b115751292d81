#include "view/annotations.hpp"

#include <fmt/core.h>

#include "util/strings.hpp"
#include "view/clean.hpp"
#include "view/sentence.hpp"

namespace gpuctl::view {

namespace {

std::string message(std::string text) {
  text = util::replace_all(std::move(text), "%", "%25");
  text = util::replace_all(std::move(text), "\r", "%0D");
  return util::replace_all(std::move(text), "\n", "%0A");
}

std::string property(std::string text) {
  text = message(std::move(text));
  text = util::replace_all(std::move(text), ":", "%3A");
  return util::replace_all(std::move(text), ",", "%2C");
}

std::string command(const char* level, const core::Where& where, const std::string& title, const std::string& text) {
  std::string properties;
  if (!where.file.empty()) properties += "file=" + property(where.file) + ",";
  if (where.line > 0) properties += fmt::format("line={},col={},", where.line, where.column);
  return fmt::format("::{} {}title={}::{}\n", level, properties, property(title), message(text));
}

}  // namespace

std::string annotations(const core::Report& report) {
  std::string out;
  for (const auto& host : report.hosts) {
    if (!host.unreachable.empty()) out += command("error", {report.playbook}, host.host.name, host.unreachable);
    for (const auto& step : host.steps) {
      const auto title = host.host.name + ": " + step.name;
      if (step.state == core::StepState::failed) out += command("error", step.where, title, headline(step));
      for (const auto& promise : step.broken_promises)
        out += command("warning", step.where, title, "not as predicted: " + promise);
      for (const auto& change : step.unforeseen) out += command("warning", step.where, title, "unforeseen: " + change);
    }
  }
  return out;
}

std::string annotation(const core::Error& error) {
  return command("error", error.where(), "gpuctl", error.message());
}

}  // namespace gpuctl::view
