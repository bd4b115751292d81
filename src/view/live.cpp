#include "view/live.hpp"

#include "view/clean.hpp"

namespace gpuctl::view {

namespace {

constexpr const char* erase_line = "\r\x1b[K";

}  // namespace

Live::Live(const Style& style, std::function<void(const std::string&)> write)
    : style_(style), write_(std::move(write)) {}

Live::~Live() {
  clear();
}

void Live::connecting(const core::Host& host) {
  set(host.name, "asking");
}

void Live::step_begins(const core::Host& host, const core::StepResult& step) {
  set(host.name, step.name);
}

void Live::step_waits(const core::Host& host, const core::StepResult& step, const std::string& what) {
  set(host.name, step.name + ", waiting for " + what);
}

void Live::step_ends(const core::Host& host, const core::StepResult& step) {
  set(host.name, step.name + " " + core::word(step.state));
}

void Live::clear() {
  if (drawn_) write_(erase_line);
  drawn_ = false;
}

void Live::set(const std::string& host, const std::string& what) {
  at_[host] = what;
  draw();
}

void Live::draw() {
  std::string line;
  for (const auto& [host, what] : at_) line += (line.empty() ? "" : "   ") + host + ": " + what;
  const auto width = style_.width > 1 ? style_.width - 1 : 79;
  write_(erase_line + paint(style_, Tone::faint, fitted(clean(line, style_.utf8), width, style_.utf8)));
  drawn_ = true;
}

}  // namespace gpuctl::view
