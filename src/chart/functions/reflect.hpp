#pragma once

#include <string>
#include <string_view>

#include "chart/go/type_name.hpp"
#include "chart/value.hpp"

namespace gpuctl::chart {

using go::type_name;

/// As kindOf: `map`, `ptr`, `invalid` for nil.
std::string kind_name(const Value&);

/// reflect.DeepEqual: kinds, types and contents alike.
bool deep_equal(const Value&, const Value&);
/// What Sprig counts as empty: nil, zero, "", a list or map of nothing.
bool is_empty(const Value&);

/// As %v.
std::string show(const Value&);
/// As toString: text and bytes as they are, else %v.
std::string to_text(const Value&);

}  // namespace gpuctl::chart
