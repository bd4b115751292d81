#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "chart/yaml_scalar.hpp"

namespace gpuctl::chart {

enum class TextStyle : std::uint8_t { plain, single_quoted, double_quoted, literal };

/// How a text is to be written, where it stands in block context.
struct TextForm {
  TextStyle style = TextStyle::plain;
  bool multiline = false;
};
TextForm form_of(std::string_view text, GoYaml version, bool simple_key);

/// The text in a style. Lines of its own are indented by `indent`; a literal ends without the break that its last line
/// lacks.
/// With a width, a blank behind that column is a new line instead.
void append_text(std::string& out, std::string_view text, TextStyle style, int indent, std::size_t width = 0);

}  // namespace gpuctl::chart
