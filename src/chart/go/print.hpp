#pragma once

#include <span>
#include <string>
#include <string_view>

#include "chart/value.hpp"

namespace gpuctl::chart::go {

/// More than this a text is not let grow to: what asks for it loops, or means harm.
inline constexpr std::size_t longest_text = std::size_t{256} << 20;

// Go's fmt over our values. Each throws CallError where the text would be longer than longest_text.

std::string sprint(std::span<const Value> values);
std::string sprintln(std::span<const Value> values);
std::string sprintf(std::string_view format, std::span<const Value> values);

/// Appends it as %v.
void print(std::string& out, const Value& value);

}  // namespace gpuctl::chart::go
