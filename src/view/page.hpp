#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "view/style.hpp"

namespace gpuctl::view {

/// Text in lines, as a reader gets it: cleaned, indented, wrapped with a hanging indent where the width is known.
class Page {
 public:
  explicit Page(const Style& style) : style_(style) {}

  const Style& style() const { return style_; }

  void blank();
  /// One line, wrapped at its indent.
  void line(std::size_t indent, std::string_view text, Tone tone = Tone::plain);
  /// `label` in a column of `width`, then the text, wrapped under itself. Several lines of text stay several.
  void pair(std::size_t indent, std::string_view label, std::size_t width, std::string_view text,
            Tone tone = Tone::plain, Tone label_tone = Tone::plain);
  /// As it is, never wrapped: a line of a diff or of evidence.
  void verbatim(std::size_t indent, std::string_view text, Tone tone = Tone::plain);

  std::string text() const { return out_; }

 private:
  std::vector<std::string> wrapped(const std::string& cleaned, std::size_t indent) const;

  Style style_;
  std::string out_;
};

}  // namespace gpuctl::view
