#include "registry/json.hpp"

#include "chart/json_in.hpp"
#include "core/error.hpp"

namespace gpuctl::registry {

const chart::Value* field(const chart::Value* object, std::string_view name) {
  if (object == nullptr || object->kind() != chart::Kind::map) return nullptr;
  const auto& entries = object->map()->entries;
  const auto found = entries.find(name);
  return found == entries.end() ? nullptr : &found->second;
}

std::string text(const chart::Value* object, std::string_view name) {
  const auto* value = field(object, name);
  return value != nullptr && value->kind() == chart::Kind::string ? value->string() : "";
}

chart::Value json(const std::string& text, const std::string& what) {
  try {
    return chart::from_json(text);
  } catch (const chart::JsonError& error) {
    throw core::Error(core::ErrorKind::failed, what + " is not JSON: " + error.what());
  }
}

}  // namespace gpuctl::registry
