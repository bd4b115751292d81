#include "chart/functions/cast.hpp"

#include "chart/functions/reflect.hpp"
#include "chart/go/slice.hpp"
#include "chart/number.hpp"

namespace gpuctl::chart {

namespace {

/// `1.00` is `1`, and `.0` nothing at all.
std::string_view without_zero_decimals(std::string_view text) {
  const auto last = text.find_last_not_of('0');
  if (last == text.npos || text[last] != '.' || last + 1 == text.size()) return text;
  return text.substr(0, last);
}

}  // namespace

std::int64_t to_int64(const Value& value) {
  switch (value.kind()) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::int64:
    case Kind::int32:
    case Kind::uint8:
    case Kind::uint64:
      return value.kind() == Kind::boolean ? value.boolean() : value.integer();
    case Kind::float64:
      return truncate(value.float64());
    case Kind::string: {
      const auto read = parse_int(without_zero_decimals(value.string()), 0);
      return read.outcome == Parsed::fine ? read.value : 0;
    }
    case Kind::object:
      return value.object()->number().value_or(0);
    default:
      return 0;
  }
}

double to_float64(const Value& value) {
  switch (value.kind()) {
    case Kind::uint64:
      return static_cast<double>(static_cast<std::uint64_t>(value.integer()));
    case Kind::boolean:
      return value.boolean() ? 1 : 0;
    case Kind::float64:
      return value.float64();
    case Kind::string: {
      const auto read = parse_float(value.string());
      return read.outcome == Parsed::fine ? read.value : 0;
    }
    case Kind::object:
      return static_cast<double>(value.object()->number().value_or(0));
    default:
      return value.is_integer() ? static_cast<double>(value.integer()) : 0;
  }
}

std::vector<std::string> to_texts(const Value& value) {
  std::vector<std::string> texts;
  if (value.kind() == Kind::list) {
    for (const Value& item : value.list().items)
      if (!item.is_nil()) texts.push_back(to_text(item));
  } else if (!value.is_nil()) {
    texts.push_back(to_text(value));
  }
  return texts;
}

Value list_of(const std::vector<std::string>& texts, std::size_t capacity) {
  List list{Element::string, {}};
  list.items.reserve(texts.size());
  for (const std::string& text : texts) list.items.emplace_back(text);
  list.capacity = capacity;
  return Value(std::move(list));
}

Value list_of(std::vector<Value> items, std::size_t capacity) {
  return Value(List{Element::any, std::move(items), false, capacity});
}

Value grown_list(const std::vector<std::string>& texts) {
  return list_of(texts, go::grown_capacity(texts.size()));
}

Value grown_list(std::vector<Value> items) {
  const auto capacity = go::grown_capacity(items.size());
  return list_of(std::move(items), capacity);
}

Value map_of(std::map<std::string, Value, std::less<>> entries) {
  return Value(Map{MapType::any, std::move(entries)});
}

}  // namespace gpuctl::chart
