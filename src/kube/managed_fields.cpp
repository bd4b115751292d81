#include "kube/managed_fields.hpp"

#include <nlohmann/json.hpp>

#include "kube/member.hpp"

namespace gpuctl::kube {

using nlohmann::json;

namespace {

bool is_update(const json& entry, const std::string& manager) {
  return text_at(entry, "manager") == manager && text_at(entry, "operation") == "Update" &&
         text_at(entry, "subresource").empty();
}

bool is_apply(const json& entry, const std::string& manager) {
  return text_at(entry, "manager") == manager && text_at(entry, "operation") == "Apply" &&
         text_at(entry, "subresource").empty();
}

/// Sets of fields are objects in objects.
void add_fields(json& to, const json& from) {
  if (!to.is_object() || !from.is_object()) return;
  for (const auto& [name, below] : from.items()) {
    auto& mine = to[name];
    if (mine.is_null()) mine = json::object();
    add_fields(mine, below);
  }
}

}  // namespace

std::string applied_instead(const std::string& document, const std::string& manager) {
  const auto object = json::parse(document, nullptr, false);
  if (!object.is_object() || !object.contains("metadata")) return {};
  const auto& metadata = object["metadata"];
  const auto entries = metadata.find("managedFields");
  if (entries == metadata.end() || !entries->is_array()) return {};
  json applied, others = json::array();
  bool any = false;
  for (const auto& entry : *entries) {
    const bool update = is_update(entry, manager);
    any = any || update;
    if (!update && !is_apply(entry, manager)) {
      others.push_back(entry);
      continue;
    }
    if (applied.is_null()) {
      applied = entry;
      applied["operation"] = "Apply";
      continue;
    }
    if (entry.contains("fieldsV1")) add_fields(applied["fieldsV1"], entry["fieldsV1"]);
  }
  if (!any) return {};
  others.insert(others.begin(), applied);
  const json patch = json::array(
      {{{"op", "replace"}, {"path", "/metadata/managedFields"}, {"value", others}},
       {{"op", "replace"}, {"path", "/metadata/resourceVersion"}, {"value", text_at(metadata, "resourceVersion")}}});
  return patch.dump();
}

}  // namespace gpuctl::kube
