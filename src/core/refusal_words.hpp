#pragma once

#include <string>
#include <string_view>

namespace gpuctl::core {

// What stands in a Failed answer of the cluster by the reason that it has: written by kube, told apart by steps, which
// advise by it.

/// The cluster knows no such kind.
inline constexpr std::string_view no_kind = "the cluster knows no kind ";
/// The user lacks a right.
inline constexpr std::string_view no_right = " may not ";
inline constexpr std::string_view no_right_advice =
    "give that user the right, or choose another one by `context` of the playbook's cluster";
/// A field belongs to another field manager.
inline constexpr std::string_view not_ours = " belongs to field manager ";
/// Begins what the server says of itself: an answer of 429 or 500, one that was cut off.
inline constexpr std::string_view server = "the API server";
/// Begins what a webhook says, and that there was no answer from it.
inline constexpr std::string_view hook = "admission webhook ";

inline bool says(const std::string& why, std::string_view words) {
  return why.find(words) != std::string::npos;
}

}  // namespace gpuctl::core
