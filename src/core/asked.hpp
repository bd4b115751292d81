#pragma once

#include <vector>

#include "core/facts.hpp"

namespace gpuctl::core {

/// The questions of one kind that `facts` has answers to, and of which `which(question, answer)` is true. Copies, so
/// that the answers may be changed meanwhile; of a thousand objects only those that are wanted.
template <class P, class Which>
std::vector<P> asked(const Facts& facts, const Which& which) {
  std::vector<P> out;
  for (const auto& [probe, answer] : facts.all())
    if (const auto* p = std::get_if<P>(&probe); p && which(*p, answer)) out.push_back(*p);
  return out;
}

template <class P>
std::vector<P> asked(const Facts& facts) {
  return asked<P>(facts, [](const P&, const Answer&) { return true; });
}

}  // namespace gpuctl::core
