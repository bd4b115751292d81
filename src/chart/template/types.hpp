#pragma once

#include <string>

#include "chart/function.hpp"
#include "chart/template/operand.hpp"

namespace gpuctl::chart {

/// The Go name of a parameter's type.
std::string type_name(Type type);
/// Of an operand: an interface has a type of its own.
std::string type_name(const Operand& operand);

/// Whether a nil without a type can stand for it, and what it is then.
bool can_be_nil(Type type);
Value zero(Type type);

/// Whether Go assigns a value that is not in an interface to it.
bool assignable(const Value& value, Type type);

}  // namespace gpuctl::chart
