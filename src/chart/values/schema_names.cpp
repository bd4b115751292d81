#include "chart/values/schema_names.hpp"

#include <nlohmann/json.hpp>

namespace gpuctl::chart {

namespace {

using Json = nlohmann::json;

/// Schemas may refer to themselves.
constexpr int deepest_schema = 64;

bool names(const Json& root, const Json& node, const std::vector<std::string>& path, std::size_t at, int depth) {
  if (depth > deepest_schema || !node.is_object()) return false;
  if (at == path.size()) return true;
  if (const auto ref = node.find("$ref"); ref != node.end() && ref->is_string()) {
    const auto text = ref->get<std::string>();
    if (text.starts_with("#/")) {
      const Json::json_pointer pointer(text.substr(1));
      if (root.contains(pointer) && names(root, root[pointer], path, at, depth + 1)) return true;
    }
  }
  if (const auto properties = node.find("properties"); properties != node.end() && properties->is_object()) {
    const auto found = properties->find(path[at]);
    if (found != properties->end() && (at + 1 == path.size() || names(root, *found, path, at + 1, depth + 1)))
      return true;
  }
  for (const char* word : {"allOf", "anyOf", "oneOf"}) {
    const auto found = node.find(word);
    if (found == node.end() || !found->is_array()) continue;
    for (const auto& part : *found)
      if (names(root, part, path, at, depth + 1)) return true;
  }
  return false;
}

}  // namespace

bool schema_names(const std::string& schema, const std::vector<std::string>& path) {
  try {
    const auto root = Json::parse(schema);
    return names(root, root, path, 0, 0);
  } catch (const Json::exception&) {
    return false;
  }
}

}  // namespace gpuctl::chart
