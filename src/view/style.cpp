#include "view/style.hpp"

#include <fmt/core.h>

namespace gpuctl::view {

namespace {

const char* code(Tone tone) {
  switch (tone) {
    case Tone::good:
      return "32";
    case Tone::change:
      return "33";
    case Tone::bad:
      return "1;31";
    case Tone::faint:
      return "2";
    case Tone::strong:
      return "1";
    case Tone::plain:
      break;
  }
  return "";
}

}  // namespace

std::string paint(const Style& style, Tone tone, std::string_view text) {
  if (!style.colour || tone == Tone::plain || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code(tone), text);
}

}  // namespace gpuctl::view
