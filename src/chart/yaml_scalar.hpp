#pragma once

#include <cstdint>
#include <string_view>

#include "chart/value.hpp"

namespace gpuctl::chart {

enum class YamlTag : std::uint8_t { null, boolean, integer, floating, timestamp, string };

/// go-yaml's second and third version: the one that all values go through, and the one of toYamlPretty.
enum class GoYaml : std::uint8_t { v2, v3 };

struct Resolved {
  YamlTag tag = YamlTag::string;
  Value value;  ///< an int, a uint64, a float64, a boolean, nil; a timestamp's and a text's is the text
};

/// What a plain scalar means: YAML 1.1 but for numbers to base 60, as go-yaml has it.
Resolved resolve(std::string_view text, GoYaml version);

/// A number to base 60, which go-yaml quotes though it does not read it.
bool is_base60(std::string_view text);
/// A boolean of YAML 1.1, which v3 quotes though it does not read it.
bool is_old_boolean(std::string_view text);

}  // namespace gpuctl::chart
