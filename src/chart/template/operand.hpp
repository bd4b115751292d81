#pragma once

#include <cstdint>
#include <utility>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// What Go's reflect.Value can hold: nothing at all, a value, or an interface that holds a value or nil. The last is
/// what comes out of a map[string]interface {}, and error messages tell it from the value.
class Operand {
 public:
  Operand() = default;  ///< nothing: a nil that has no type
  explicit Operand(Value value) : value_(std::move(value)), state_(value_.is_nil() ? State::nothing : State::plain) {}
  static Operand interface(Value value) { return {std::move(value), State::interface}; }
  /// Not even nothing: no argument.
  static Operand missing() { return {{}, State::missing}; }

  bool is_missing() const { return state_ == State::missing; }
  bool is_nothing() const { return state_ == State::nothing; }
  bool is_interface() const { return state_ == State::interface; }
  bool is_nil() const { return value_.is_nil(); }
  const Value& value() const { return value_; }
  /// What the interface holds.
  Operand inside() const { return is_interface() ? Operand(value_) : *this; }

 private:
  enum class State : std::uint8_t { missing, nothing, plain, interface };
  Operand(Value value, State state) : value_(std::move(value)), state_(state) {}

  Value value_;
  State state_ = State::nothing;
};

/// Whether `if` takes it for true.
[[nodiscard]] bool truth(const Value& value);

}  // namespace gpuctl::chart
