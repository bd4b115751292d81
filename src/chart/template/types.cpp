#include "chart/template/types.hpp"

#include "chart/go/type_name.hpp"

namespace gpuctl::chart {

bool truth(const Value& value) {
  switch (value.kind()) {
    case Kind::nil:
      return false;
    case Kind::boolean:
      return value.boolean();
    case Kind::integer:
    case Kind::int64:
    case Kind::int32:
    case Kind::uint8:
    case Kind::uint64:
      return value.integer() != 0;
    case Kind::float64:
      return value.float64() != 0;
    case Kind::string:
      return !value.string().empty();
    case Kind::list:
      return !value.list().items.empty() || (value.list().bytes && !value.list().bytes->empty());
    case Kind::map:
      return !value.map()->entries.empty();
    case Kind::object:
      return value.object()->truth();
  }
  return false;
}

std::string type_name(Type type) {
  switch (type) {
    case Type::any:
      return "interface {}";
    case Type::value:
      return "reflect.Value";
    case Type::boolean:
      return "bool";
    case Type::integer:
      return "int";
    case Type::int64:
      return "int64";
    case Type::uint32:
      return "uint32";
    case Type::float64:
      return "float64";
    case Type::string:
      return "string";
    case Type::list:
      return "[]interface {}";
    case Type::strings:
      return "[]string";
    case Type::map:
      return "map[string]interface {}";
    case Type::object:
      return "struct";
    case Type::time:
      return "time.Time";
    case Type::duration:
      return "time.Duration";
    case Type::location:
      return "*time.Location";
    case Type::bytes:
      return "[]uint8";
    case Type::version:
      return "*semver.Version";
    case Type::certificate:
      return "sprig.certificate";
  }
  return "";
}

std::string type_name(const Operand& operand) {
  return operand.is_interface() ? "interface {}" : go::type_name(operand.value());
}

bool can_be_nil(Type type) {
  switch (type) {
    case Type::any:
    case Type::value:
    case Type::list:
    case Type::strings:
    case Type::map:
    case Type::object:
    case Type::location:
    case Type::bytes:
    case Type::version:
      return true;
    default:
      return false;
  }
}

Value zero(Type type) {
  List list;
  list.nil = true;
  Map map;
  map.nil = true;
  switch (type) {
    case Type::strings:
      list.element = Element::string;
      return Value(std::move(list));
    case Type::bytes:
      list.element = Element::uint8;
      return Value(std::move(list));
    case Type::list:
      return Value(std::move(list));
    case Type::map:
      return Value(std::move(map));
    default:
      return {};
  }
}

bool assignable(const Value& value, Type type) {
  const auto is = [&value](Kind kind) { return value.kind() == kind; };
  switch (type) {
    case Type::any:
    case Type::value:
      return true;
    case Type::boolean:
      return is(Kind::boolean);
    case Type::integer:
      return is(Kind::integer);
    case Type::int64:
      return is(Kind::int64);
    case Type::uint32:
      return false;
    case Type::float64:
      return is(Kind::float64);
    case Type::string:
      return is(Kind::string);
    case Type::list:
      return is(Kind::list) && value.list().element == Element::any;
    case Type::strings:
      return is(Kind::list) && value.list().element == Element::string;
    case Type::bytes:
      return is(Kind::list) && value.list().element == Element::uint8;
    case Type::map:
      return is(Kind::map) && value.map()->type != MapType::string;
    case Type::object:
      return is(Kind::object);
    case Type::time:
    case Type::duration:
    case Type::location:
    case Type::version:
    case Type::certificate:
      return is(Kind::object) && value.object()->type() == type_name(type);
  }
  return false;
}

}  // namespace gpuctl::chart
