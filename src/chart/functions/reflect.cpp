#include "chart/functions/reflect.hpp"

#include <algorithm>

#include "chart/go/print.hpp"
#include "chart/go/type_name.hpp"
#include "chart/json_out.hpp"

namespace gpuctl::chart {

namespace {

bool equal_lists(const List& a, const List& b) {
  if (a.bytes || b.bytes) return a.element == b.element && bytes_of(a) == bytes_of(b);
  return a.element == b.element && a.nil == b.nil &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), deep_equal);
}

bool equal_maps(const Map& a, const Map& b) {
  if (&a == &b) return true;
  const auto same = [](const auto& x, const auto& y) { return x.first == y.first && deep_equal(x.second, y.second); };
  return a.nil == b.nil &&
         std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(), same);
}

}  // namespace

std::string kind_name(const Value& value) {
  switch (value.kind()) {
    case Kind::nil:
      return "invalid";
    case Kind::list:
      return "slice";
    case Kind::map:
      return "map";
    case Kind::object:
      return value.object()->kind();
    default:
      return go::type_name(value);
  }
}

bool deep_equal(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::nil:
      return true;
    case Kind::float64:
      return a.float64() == b.float64();
    case Kind::string:
      return a.string() == b.string();
    case Kind::list:
      return equal_lists(a.list(), b.list());
    case Kind::map:
      return a.map_type() == b.map_type() && equal_maps(*a.map(), *b.map());
    case Kind::object:
      return a.object() == b.object() ||
             (a.object()->type() == b.object()->type() && a.object()->text() == b.object()->text());
    default:
      return a.integer() == b.integer();
  }
}

bool is_empty(const Value& value) {
  switch (value.kind()) {
    case Kind::nil:
      return true;
    case Kind::float64:
      return value.float64() == 0;
    case Kind::string:
      return value.string().empty();
    case Kind::list:
      return value.list().items.empty() && (!value.list().bytes || value.list().bytes->empty());
    case Kind::map:
      return value.map()->entries.empty();
    case Kind::object:
      return false;
    case Kind::boolean:
      return !value.boolean();
    default:
      return value.integer() == 0;
  }
}

std::string show(const Value& value) {
  std::string out;
  go::print(out, value);
  return out;
}

std::string to_text(const Value& value) {
  if (value.kind() == Kind::string) return value.string();
  if (value.kind() == Kind::list && value.list().element == Element::uint8) {
    return bytes_of(value.list());
  }
  return show(value);
}

}  // namespace gpuctl::chart
