#include "steps/taint.hpp"

namespace gpuctl::steps {

namespace {

bool is_effect(const std::string& text) {
  return text == "NoSchedule" || text == "PreferNoSchedule" || text == "NoExecute";
}

}  // namespace

std::optional<Taint> parse_taint(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  Taint out{text.substr(0, colon), "", text.substr(colon + 1)};
  if (const auto equals = out.key.find('='); equals != std::string::npos) {
    out.value = out.key.substr(equals + 1);
    out.key.resize(equals);
  }
  constexpr const char* odd = " \t\n:=";
  if (out.key.empty() || !is_effect(out.effect)) return std::nullopt;
  if (out.key.find_first_of(odd) != std::string::npos || out.value.find_first_of(odd) != std::string::npos)
    return std::nullopt;
  return out;
}

std::string text_of_taint(const Taint& taint) {
  return taint.key + (taint.value.empty() ? "" : "=" + taint.value) + ":" + taint.effect;
}

}  // namespace gpuctl::steps
