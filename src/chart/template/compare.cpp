#include "chart/template/compare.hpp"

#include <fmt/core.h>

#include "chart/function.hpp"
#include "chart/go/print.hpp"
#include "chart/go/type_name.hpp"

namespace gpuctl::chart {

namespace {

enum class Basic : std::uint8_t { none, boolean, signed_integer, unsigned_integer, floating, string };

Basic basic(const Value& value) {
  switch (value.kind()) {
    case Kind::boolean:
      return Basic::boolean;
    case Kind::integer:
    case Kind::int64:
    case Kind::int32:
      return Basic::signed_integer;
    case Kind::uint8:
    case Kind::uint64:
      return Basic::unsigned_integer;
    case Kind::float64:
      return Basic::floating;
    case Kind::string:
      return Basic::string;
    case Kind::object:
      return value.object()->number() ? Basic::signed_integer : Basic::none;
    default:
      return Basic::none;
  }
}

/// Of what basic() says is an integer.
std::int64_t whole(const Value& value) {
  return value.kind() == Kind::object ? value.object()->number().value_or(0) : value.integer();
}

std::uint64_t bits(const Value& value) {
  return static_cast<std::uint64_t>(whole(value));
}

CallError incompatible(const Value& one, const Value& other) {
  return CallError(
      fmt::format("incompatible types for comparison: {} and {}", go::type_name(one), go::type_name(other)));
}

bool is_nil(const Value& value) {
  return value.is_nil() || (value.kind() == Kind::list && value.list().nil) ||
         (value.kind() == Kind::map && value.map()->nil);
}

/// Two that are no numbers, texts or booleans, or nil.
bool same_reference(const Value& one, const Value& other) {
  if (one.kind() != other.kind() && !one.is_nil() && !other.is_nil())
    throw CallError(fmt::format("non-comparable types {}: {}, {}: {}", go::sprintf("%s", {&one, 1}), go::type_name(one),
                                go::type_name(other), go::sprintf("%v", {&other, 1})));
  if (is_nil(one) || is_nil(other)) return is_nil(one) == is_nil(other);
  if (other.kind() != Kind::object)
    throw CallError(fmt::format("non-comparable type {}: {}", go::sprintf("%s", {&other, 1}), go::type_name(other)));
  return one.object() == other.object();
}

}  // namespace

bool equal(const Value& one, const Value& other) {
  const Basic first = basic(one);
  const Basic second = basic(other);
  if (first == Basic::signed_integer && second == Basic::unsigned_integer)
    return whole(one) >= 0 && bits(one) == bits(other);
  if (first == Basic::unsigned_integer && second == Basic::signed_integer)
    return whole(other) >= 0 && bits(one) == bits(other);
  if (first != second) {
    if (!one.is_nil() && !other.is_nil()) throw incompatible(one, other);
    return false;
  }
  switch (first) {
    case Basic::boolean:
      return one.boolean() == other.boolean();
    case Basic::signed_integer:
    case Basic::unsigned_integer:
      return whole(one) == whole(other);
    case Basic::floating:
      return one.float64() == other.float64();
    case Basic::string:
      return one.string() == other.string();
    case Basic::none:
      break;
  }
  return same_reference(one, other);
}

bool less(const Value& one, const Value& other) {
  const Basic first = basic(one);
  const Basic second = basic(other);
  const CallError bad("invalid type for comparison");
  if (first == Basic::none || second == Basic::none) throw bad;
  if (first == Basic::signed_integer && second == Basic::unsigned_integer)
    return whole(one) < 0 || bits(one) < bits(other);
  if (first == Basic::unsigned_integer && second == Basic::signed_integer)
    return whole(other) >= 0 && bits(one) < bits(other);
  if (first != second) throw incompatible(one, other);
  switch (first) {
    case Basic::signed_integer:
      return whole(one) < whole(other);
    case Basic::unsigned_integer:
      return bits(one) < bits(other);
    case Basic::floating:
      return one.float64() < other.float64();
    case Basic::string:
      return one.string() < other.string();
    default:
      throw bad;
  }
}

}  // namespace gpuctl::chart
