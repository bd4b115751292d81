#include "chart/functions/named_object.hpp"

#include "chart/function.hpp"

namespace gpuctl::chart {

namespace {

const Function* only_string(std::string_view name) {
  static const Function shown{"String", {}, false, [](Call& call) { return Value(call.self->text()); }, "Its name"};
  return name == shown.name ? &shown : nullptr;
}

/// A number with a name: time.Month, time.Weekday.
class Named : public Object {
 public:
  Named(const char* type, std::string_view text, std::int64_t number) : type_(type), text_(text), number_(number) {}

  std::string type() const override { return type_; }
  std::string kind() const override { return "int"; }
  std::string text() const override { return text_; }
  bool truth() const override { return number_ != 0; }
  std::optional<std::int64_t> number() const override { return number_; }
  std::optional<Value> json() const override { return Value::of_int(number_); }
  const Function* method(std::string_view name) const override { return only_string(name); }

 private:
  std::string type_, text_;
  std::int64_t number_;
};

class Location : public Object {
 public:
  explicit Location(std::shared_ptr<const go::Zone> zone) : zone_(std::move(zone)) {}

  std::string type() const override { return "*time.Location"; }
  std::string kind() const override { return "ptr"; }
  std::string text() const override { return zone_->name; }
  std::optional<Value> json() const override { return Value(Map{}); }
  const Function* method(std::string_view name) const override { return only_string(name); }

  const std::shared_ptr<const go::Zone>& zone() const { return zone_; }

 private:
  std::shared_ptr<const go::Zone> zone_;
};

}  // namespace

Value month_value(int month) {
  return Value(std::static_pointer_cast<Object>(std::make_shared<Named>("time.Month", go::month_name(month), month)));
}

Value week_day_value(int day) {
  return Value(std::static_pointer_cast<Object>(std::make_shared<Named>("time.Weekday", go::week_day_name(day), day)));
}

Value location_value(std::shared_ptr<const go::Zone> zone) {
  return Value(std::static_pointer_cast<Object>(std::make_shared<Location>(std::move(zone))));
}

std::shared_ptr<const go::Zone> as_location(const Value& value) {
  if (value.kind() != Kind::object) return nullptr;
  const auto* location = dynamic_cast<const Location*>(value.object().get());
  return location ? location->zone() : nullptr;
}

}  // namespace gpuctl::chart
