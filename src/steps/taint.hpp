#pragma once

#include <optional>
#include <string>

namespace gpuctl::steps {

/// A taint, or what tolerates one.
struct Taint {
  std::string key;
  std::string value;
  std::string effect;
};

inline constexpr const char* taint_words =
    "expected key=value:Effect or key:Effect, such as gpu=true:NoSchedule; the "
    "effects are NoSchedule, PreferNoSchedule and NoExecute";

/// `gpu=true:NoSchedule`, `gpu:NoSchedule`; nothing when it is no taint.
std::optional<Taint> parse_taint(const std::string& text);
std::string text_of_taint(const Taint&);

}  // namespace gpuctl::steps
