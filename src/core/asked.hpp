#pragma once

#include <vector>

#include "core/facts.hpp"

namespace gpuctl::core {

/// The questions of one kind that `facts` has answers to.
template <class P>
std::vector<P> asked(const Facts& facts) {
  std::vector<P> out;
  for (const auto& [probe, answer] : facts.all())
    if (const auto* p = std::get_if<P>(&probe)) out.push_back(*p);
  return out;
}

}  // namespace gpuctl::core
