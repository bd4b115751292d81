#include "chart/template/indexing.hpp"

#include <fmt/core.h>

#include "chart/function.hpp"
#include "chart/go/type_name.hpp"

namespace gpuctl::chart {

namespace {

std::size_t index_of(const Value& index, std::size_t limit) {
  if (index.is_nil()) throw CallError("cannot index slice/array with nil");
  if (!index.is_integer()) throw CallError("cannot index slice/array with type " + go::type_name(index));
  const std::int64_t at = index.integer();
  if (at < 0 || static_cast<std::uint64_t>(at) > limit) throw CallError(fmt::format("index out of range: {}", at));
  return static_cast<std::size_t>(at);
}

/// What Go's runtime says of the one index that `index_of` lets pass and that is one too many.
CallError beyond(const char* what) {
  return CallError(fmt::format("reflect: {} index out of range", what));
}

std::string behind_pointer(std::string type) {
  if (type.starts_with('*')) type.erase(0, 1);
  return type;
}

Value key_of(const Map& map, const Value& key) {
  if (key.is_nil()) throw CallError("value is nil; should be of type string");
  if (key.kind() != Kind::string)
    throw CallError(fmt::format("value has type {}; should be string", go::type_name(key)));
  const auto found = map.entries.find(key.string());
  if (found != map.entries.end()) return found->second;
  return map.type == MapType::string ? Value("") : Value();
}

Value at(const Value& item, const Value& index) {
  if (item.kind() == Kind::map) return key_of(*item.map(), index);
  if (item.kind() == Kind::string) {
    const std::string& text = item.string();
    const std::size_t i = index_of(index, text.size());
    if (i == text.size()) throw beyond("string");
    return Value::of(Kind::uint8, static_cast<unsigned char>(text[i]));
  }
  if (item.kind() == Kind::list) {
    const List& list = item.list();
    const std::size_t size = list.bytes ? list.bytes->size() : list.items.size();
    const std::size_t i = index_of(index, size);
    if (i == size) throw beyond("slice");
    if (list.bytes) return Value::of(Kind::uint8, static_cast<unsigned char>((*list.bytes)[i]));
    return list.items[i];
  }
  if (item.is_nil()) throw CallError("index of nil pointer");
  throw CallError("can't index item of type " + behind_pointer(go::type_name(item)));
}

}  // namespace

Value indexed(Value item, std::span<const Value> indexes) {
  if (item.is_nil()) throw CallError("index of untyped nil");
  for (const Value& index : indexes) item = at(item, index);
  return item;
}

std::int64_t length(const Value& item) {
  switch (item.kind()) {
    case Kind::string:
      return static_cast<std::int64_t>(item.string().size());
    case Kind::list:
      return static_cast<std::int64_t>(item.list().bytes ? item.list().bytes->size() : item.list().items.size());
    case Kind::map:
      return static_cast<std::int64_t>(item.map()->entries.size());
    case Kind::nil:
      throw CallError("len of nil pointer");
    default:
      throw CallError("len of type " + behind_pointer(go::type_name(item)));
  }
}

}  // namespace gpuctl::chart
