#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/plan.hpp"
#include "view/style.hpp"

namespace gpuctl::view {

/// Progress on a terminal: one line that is written over, with what each host is at. Callers take turns.
class Live : public core::Progress {
 public:
  /// `write` takes the bytes for the terminal.
  Live(const Style& style, std::function<void(const std::string&)> write);
  ~Live() override;

  void connecting(const core::Host&) override;
  void step_begins(const core::Host&, const core::StepResult&) override;
  void step_waits(const core::Host&, const core::StepResult&, const std::string& what) override;
  void step_ends(const core::Host&, const core::StepResult&) override;

  /// Takes the line away: before a question, before the report.
  void clear();

 private:
  void set(const std::string& host, const std::string& what);
  void draw();

  Style style_;
  std::function<void(const std::string&)> write_;
  std::map<std::string, std::string> at_;
  bool drawn_ = false;
};

}  // namespace gpuctl::view
