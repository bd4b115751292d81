#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "chart/function.hpp"

namespace gpuctl::chart {

// The words of Go's run time where a function has run into it: a template's user meets them, so they are kept.

CallError nil_dereference();
/// text[start:end], or what Go says where that is no part of it.
std::string sliced(const std::string& text, std::int64_t start, std::int64_t end);
/// text[start:]
std::string sliced_from(const std::string& text, std::int64_t start);
/// text[:end]
std::string sliced_to(const std::string& text, std::int64_t end);

/// No text that one call makes is longer: a template that doubles a text in a loop must come to an end.
constexpr std::size_t longest_text = std::size_t{256} << 20;
/// strings.Repeat.
std::string repeated(const std::string& text, std::int64_t count);

}  // namespace gpuctl::chart
