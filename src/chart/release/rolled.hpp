#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chart/release/release.hpp"
#include "core/seal.hpp"

namespace gpuctl::chart::release {

/// What a release sends to the cluster, with words in place of the values of Secrets.
struct SealedTexts {
  std::string manifest;
  std::vector<std::string> hooks;
  bool operator==(const SealedTexts&) const = default;
};

SealedTexts sealed_texts(const Release&, core::Seal&);

/// A rendering with words (Seal::keep_rolled) in the place of the strings that another rendering of the same chart has
/// otherwise: keys, passwords, times. `place` tells renderings apart that are not of the same. Nothing: the two differ
/// in more than strings, or in what tells one object from another.
std::optional<SealedTexts> without_rolls(const SealedTexts& one, const SealedTexts& again, const std::string& place,
                                         core::Seal&);

}  // namespace gpuctl::chart::release
