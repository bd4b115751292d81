#include "chart/go/type_name.hpp"

namespace gpuctl::chart::go {

std::string type_name(Element element) {
  switch (element) {
    case Element::any:
      return "[]interface {}";
    case Element::string:
      return "[]string";
    case Element::integer:
      return "[]int";
    case Element::uint8:
      return "[]uint8";
    case Element::list:
      return "[][]interface {}";
  }
  return "";
}

std::string type_name(MapType type) {
  switch (type) {
    case MapType::any:
      return "map[string]interface {}";
    case MapType::string:
      return "map[string]string";
    case MapType::values:
      return "common.Values";
  }
  return "";
}

std::string type_name(const Value& value) {
  switch (value.kind()) {
    case Kind::nil:
      return "<nil>";
    case Kind::boolean:
      return "bool";
    case Kind::integer:
      return "int";
    case Kind::int64:
      return "int64";
    case Kind::int32:
      return "int32";
    case Kind::uint8:
      return "uint8";
    case Kind::uint64:
      return "uint64";
    case Kind::float64:
      return "float64";
    case Kind::string:
      return "string";
    case Kind::list:
      return value.list().named ? value.list().named->type() : type_name(value.list().element);
    case Kind::map:
      return value.map()->named ? value.map()->named->type() : type_name(value.map_type());
    case Kind::object:
      return value.object()->type();
  }
  return "";
}

}  // namespace gpuctl::chart::go
