#pragma once

#include <string>

namespace gpuctl::core {

/// A failure that a person knows and lets pass: only while something else proves that it does no harm.
struct Waiver {
  std::string check;   ///< name of the step, or of the check, that fails
  std::string match;   ///< text that its observed or because must hold
  std::string while_;  ///< name of the step that must pass
  std::string reason;
  bool operator==(const Waiver&) const = default;
};

}  // namespace gpuctl::core
