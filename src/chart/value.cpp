#include "chart/value.hpp"

namespace gpuctl::chart {

Value::Value(bool b) : kind_(Kind::boolean), held_(std::int64_t{b}) {}
Value Value::of_int(std::int64_t n) {
  return {Kind::integer, n};
}
Value Value::of_int64(std::int64_t n) {
  return {Kind::int64, n};
}
Value Value::of(Kind integral, std::uint64_t bits) {
  return {integral, static_cast<std::int64_t>(bits)};
}
Value Value::of_float(double d) {
  return {Kind::float64, d};
}
Value::Value(std::string text) : kind_(Kind::string), held_(std::make_shared<const std::string>(std::move(text))) {}
Value::Value(std::string_view text) : Value(std::string(text)) {}
Value::Value(const char* text) : Value(std::string(text)) {}
Value Value::of_bytes(std::string bytes) {
  return of_bytes(std::make_shared<const std::string>(std::move(bytes)));
}
Value Value::of_bytes(std::shared_ptr<const std::string> bytes) {
  List out;
  out.element = Element::uint8;
  out.bytes = std::move(bytes);
  return Value(std::move(out));
}
Value::Value(List list) : kind_(Kind::list), held_(std::make_shared<const List>(std::move(list))) {}
Value::Value(Map map) : Value(std::make_shared<Map>(std::move(map))) {}
Value::Value(std::shared_ptr<Map> map) : kind_(Kind::map), held_(std::move(map)) {}
Value Value::of_values(std::shared_ptr<Map> map) {
  Value out(std::move(map));
  out.values_ = true;
  return out;
}
Value::Value(std::shared_ptr<Object> object) : kind_(Kind::object), held_(std::move(object)) {}

bool Value::is_integer() const {
  switch (kind_) {
    case Kind::integer:
    case Kind::int64:
    case Kind::int32:
    case Kind::uint8:
    case Kind::uint64:
      return true;
    default:
      return false;
  }
}

MapType Value::map_type() const {
  return values_ ? MapType::values : map()->type;
}

std::optional<Value> Object::json() const {
  return std::nullopt;
}
std::optional<Value> Object::field(std::string_view) const {
  return std::nullopt;
}
const Function* Object::method(std::string_view) const {
  return nullptr;
}

}  // namespace gpuctl::chart
