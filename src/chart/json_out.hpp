#pragma once

#include <string>
#include <string_view>

#include "chart/value.hpp"

namespace gpuctl::chart {

struct JsonStyle {
  bool html = true;              ///< `<`, `>` and `&` escaped, as encoding/json does unless told otherwise
  std::string_view indent = {};  ///< of a level; on one line where there is none
};

/// As encoding/json writes it. Throws CallError with its words where a value has no JSON.
std::string to_json(const Value&, JsonStyle style = {});

/// A text as encoding/json quotes it.
void append_json_string(std::string& out, std::string_view text, bool html);

/// A list of bytes as the text that it is.
std::string bytes_of(const List& list);

}  // namespace gpuctl::chart
