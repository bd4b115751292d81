#include "cli/progress.hpp"

namespace gpuctl::cli {

TerminalProgress::TerminalProgress(World& world, const view::Style& style) : world_(world) {
  if (!world.err_is_terminal) return;
  line_ = std::make_unique<view::Live>(style, [&world](const std::string& bytes) { world.err(bytes); });
  if (world.before_question) *world.before_question = [this] { clear(); };
}

TerminalProgress::~TerminalProgress() {
  if (line_ && world_.before_question) *world_.before_question = nullptr;
}

void TerminalProgress::with_line(const std::function<void(view::Live&)>& draw) {
  if (!line_) return;
  const std::lock_guard lock(mutex_);
  draw(*line_);
}

void TerminalProgress::connecting(const core::Host& host) {
  with_line([&](view::Live& line) { line.connecting(host); });
}

void TerminalProgress::step_begins(const core::Host& host, const core::StepResult& step) {
  with_line([&](view::Live& line) { line.step_begins(host, step); });
}

void TerminalProgress::step_waits(const core::Host& host, const core::StepResult& step, const std::string& what) {
  with_line([&](view::Live& line) { line.step_waits(host, step, what); });
}

void TerminalProgress::step_ends(const core::Host& host, const core::StepResult& step) {
  with_line([&](view::Live& line) { line.step_ends(host, step); });
}

void TerminalProgress::clear() {
  with_line([](view::Live& line) { line.clear(); });
}

}  // namespace gpuctl::cli
