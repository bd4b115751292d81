#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "host/node.hpp"
#include "host/question.hpp"
#include "host/shell.hpp"

namespace gpuctl::host {

/// What asking and acting share: one shell.
struct Node::State {
  State(Connector, NodeOptions);
  ~State();

  core::Facts gather(std::span<const core::Probe>);
  core::Facts wait(std::span<const core::Probe>, const core::Facts& last, core::Deadline);

  core::Done perform(std::span<const core::Action>, std::span<const core::Probe> then);

  /// What one chunk asks.
  struct Asking {
    std::string first;  ///< sh that only gives signs of life
    std::string tell;   ///< sh whose frames answer no probe; they are sent at once
    std::span<const core::Probe> probes;
    std::span<const Question> questions;  ///< of those probes
    bool at_once = false;                 ///< each answer as soon as it is there
    std::function<void(Frame)> on_told;   ///< gets the frames of `tell`
  };
  /// Decodes as frames come, so what was answered before a throw stands in `facts`. Throws what Shell::run throws.
  void ask(const Asking&, core::Facts& facts);
  void blame(core::Error&) const;

  /// The last answers of this login as a checksum: the loop of wait() starts from it without asking once more.
  struct Recent {
    std::string nonce;
    std::vector<core::Probe> probes;
    std::uint32_t sum = 0;
  };
  const Recent* recall(std::span<const core::Probe>) const;
  void remember(std::span<const core::Probe>, const std::string& steady_bytes);

  NodeOptions options;
  Shell shell;
  std::optional<Recent> recent;

 private:
  bool ask_left(std::span<const core::Probe> wanted, bool at_once, core::Facts&);
  void pause(int attempt) const;
  std::string shown(std::string text) const;
  core::Facts wait_once(std::span<const core::Probe>, std::uint32_t sum, core::Deadline);
};

}  // namespace gpuctl::host
