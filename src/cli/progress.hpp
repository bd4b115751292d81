#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "cli/world.hpp"
#include "view/live.hpp"

namespace gpuctl::cli {

/// The progress line on standard error, for as long as this lives; nothing at all where that is no terminal. Makes room
/// for questions. Thread-safe.
class TerminalProgress : public core::Progress {
 public:
  TerminalProgress(World& world, const view::Style& style);
  ~TerminalProgress() override;

  void connecting(const core::Host&) override;
  void step_begins(const core::Host&, const core::StepResult&) override;
  void step_waits(const core::Host&, const core::StepResult&, const std::string& what) override;
  void step_ends(const core::Host&, const core::StepResult&) override;
  void clear();

 private:
  void with_line(const std::function<void(view::Live&)>&);

  World& world_;
  std::mutex mutex_;
  std::unique_ptr<view::Live> line_;
};

}  // namespace gpuctl::cli
