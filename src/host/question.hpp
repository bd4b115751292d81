#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/facts.hpp"
#include "host/frame.hpp"

namespace gpuctl::host {

/// One or many probes as a piece of a chunk, and how to read what it answers.
struct Question {
  std::string script;               ///< sh; writes frames of question $q, the last of them marked so
  std::vector<core::Probe> probes;  ///< what it answers
  std::function<void(std::span<const Frame>, core::Facts&)> decode;  ///< pure; answers every probe
  std::chrono::seconds patience{0};  ///< how long it may be silent beyond what any question may
  bool steady = true;                ///< the same bytes while nothing changes; false: the clock
  bool may_hang = false;             ///< a program of somebody else's
};

/// The questions for these probes, batched, those that may hang last. Downloads are not asked here.
std::vector<Question> questions(std::span<const core::Probe> probes);

/// The body of a chunk that asks them one after the other, numbered from 1.
std::string script_of(std::span<const Question>);

/// The same in three parts that run beside each other, the last with the programs of somebody else's: the answers come
/// in the same order, in less time where the node has more than one core.
std::string script_beside(std::span<const Question>);

}  // namespace gpuctl::host
