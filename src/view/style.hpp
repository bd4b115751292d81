#pragma once

#include <string>
#include <string_view>

namespace gpuctl::view {

/// What the place that is written to can show.
struct Style {
  bool colour = false;
  bool utf8 = true;
  std::size_t width = 0;  ///< columns; 0: lines are never wrapped
  bool verbose = false;   ///< held checks too
};

enum class Tone { plain, good, change, bad, faint, strong };

/// The text in its colour, or as it is. `text` is clean already.
std::string paint(const Style&, Tone, std::string_view text);

}  // namespace gpuctl::view
