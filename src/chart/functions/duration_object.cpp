#include "chart/functions/duration_object.hpp"

#include "chart/function.hpp"
#include "chart/go/duration.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::int64_t giga = 1000000000;

class Duration : public Object {
 public:
  explicit Duration(std::int64_t nanoseconds) : nanoseconds_(nanoseconds) {}

  std::string type() const override { return "time.Duration"; }
  std::string kind() const override { return "int64"; }
  std::string text() const override { return go::duration_text(nanoseconds_); }
  bool truth() const override { return nanoseconds_ != 0; }
  std::optional<std::int64_t> number() const override { return nanoseconds_; }
  std::optional<Value> json() const override { return Value::of_int64(nanoseconds_); }
  const Function* method(std::string_view name) const override;

 private:
  std::int64_t nanoseconds_;
};

std::int64_t length(const Call& call) {
  return *call.self->number();
}

double in_units(const Call& call, std::int64_t unit) {
  const std::int64_t whole = length(call) / unit;
  return static_cast<double>(whole) + static_cast<double>(length(call) % unit) / static_cast<double>(unit);
}

Value truncated_duration(Call& call) {
  const std::int64_t unit = duration_of(call.args[0]);
  return duration_value(unit <= 0 ? length(call) : length(call) - length(call) % unit);
}

Value without_sign(Call& call) {
  const std::int64_t all = length(call);
  return duration_value(all >= 0 ? all : all == INT64_MIN ? INT64_MAX : -all);
}

const Function duration_methods[] = {
    {"String", {}, false, [](Call& call) { return Value(call.self->text()); }, "The duration in full"},
    {"Hours", {}, false, [](Call& call) { return Value::of_float(in_units(call, 3600 * giga)); }, "Hours"},
    {"Minutes", {}, false, [](Call& call) { return Value::of_float(in_units(call, 60 * giga)); }, "Minutes"},
    {"Seconds", {}, false, [](Call& call) { return Value::of_float(in_units(call, giga)); }, "Seconds"},
    {"Milliseconds", {}, false, [](Call& call) { return Value::of_int64(length(call) / 1000000); }, "Milliseconds"},
    {"Microseconds", {}, false, [](Call& call) { return Value::of_int64(length(call) / 1000); }, "Microseconds"},
    {"Nanoseconds", {}, false, [](Call& call) { return Value::of_int64(length(call)); }, "Nanoseconds"},
    {"Round",
     {Type::duration},
     false,
     [](Call& call) { return duration_value(go::rounded_duration(length(call), duration_of(call.args[0]))); },
     "The nearest multiple"},
    {"Truncate", {Type::duration}, false, truncated_duration, "The multiple towards zero"},
    {"Abs", {}, false, without_sign, "Without its sign"},
};

const Function* Duration::method(std::string_view name) const {
  for (const Function& function : duration_methods)
    if (function.name == name) return &function;
  return nullptr;
}

}  // namespace

Value duration_value(std::int64_t nanoseconds) {
  return Value(std::static_pointer_cast<Object>(std::make_shared<Duration>(nanoseconds)));
}

std::int64_t duration_of(const Value& argument) {
  return argument.kind() == Kind::object ? argument.object()->number().value_or(0) : argument.integer();
}

}  // namespace gpuctl::chart
