#pragma once

#include <span>

#include "chart/function.hpp"

namespace gpuctl::chart {

// The functions by theme. Each table lives as long as the program.
std::span<const Function> certificate_functions();
std::span<const Function> conversion_functions();
std::span<const Function> crypto_functions();
std::span<const Function> date_functions();
std::span<const Function> default_functions();
std::span<const Function> dict_functions();
std::span<const Function> encoding_functions();
std::span<const Function> engine_functions();  ///< Helm's: include, tpl, required, lookup, fail
std::span<const Function> flow_functions();    ///< fail without Helm's marks
std::span<const Function> format_functions();  ///< Helm's: YAML, JSON and TOML
std::span<const Function> json_functions();    ///< Sprig's
std::span<const Function> list_functions();
std::span<const Function> number_functions();
std::span<const Function> path_functions();
std::span<const Function> random_functions();
std::span<const Function> regex_functions();
std::span<const Function> string_functions();
std::span<const Function> type_functions();
std::span<const Function> url_functions();
std::span<const Function> version_functions();
std::span<const Function> word_functions();

}  // namespace gpuctl::chart
