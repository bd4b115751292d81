#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chart/value.hpp"

namespace gpuctl::chart {

// As spf13/cast turns a value into a number: 0 for what none can be read from.
std::int64_t to_int64(const Value&);
double to_float64(const Value&);

/// As toStrings: the items of a list but nil ones, else the value alone.
std::vector<std::string> to_texts(const Value&);

// Values made of other things.
// A list's `capacity`, where it has room for more, is what `slice` may reach.
Value list_of(const std::vector<std::string>& texts, std::size_t capacity = 0);
Value list_of(std::vector<Value> items, std::size_t capacity = 0);
/// Of elements that Go appends one by one, which leaves room behind them.
Value grown_list(const std::vector<std::string>& texts);
Value grown_list(std::vector<Value> items);
Value map_of(std::map<std::string, Value, std::less<>> entries);

}  // namespace gpuctl::chart
