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

  /// One chunk: `before`, then the questions. Decodes as frames come, so what was answered before a throw stands in
  /// `facts`. `on_other` gets frames of no question. `extra` is patience with what stands in `before`.
  void ask(const std::string& before, std::span<const core::Probe> probes, std::span<const Question>,
           core::Facts& facts, std::chrono::seconds extra = {}, const std::function<void(Frame)>& on_other = {});
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
  std::string finished_job;  ///< its end is known here, so its folder can go

 private:
  std::string housekeeping();
  void pause(int attempt) const;
  std::string shown(std::string text) const;
  core::Facts wait_once(std::span<const core::Probe>, std::uint32_t sum, core::Deadline);
};

}  // namespace gpuctl::host
