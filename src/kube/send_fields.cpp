#include "kube/send_fields.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "util/strings.hpp"

namespace gpuctl::kube {

namespace {

using nlohmann::json;

/// Mappings of the API whose keys may look like places of a list.
constexpr std::array<std::string_view, 14> mappings{
    "data",     "binaryData", "stringData", "labels",   "annotations", "matchLabels", "nodeSelector",
    "selector", "limits",     "requests",   "capacity", "hard",        "allocatable", "parameters"};

json scalar(const core::Leaf& leaf) {
  if (leaf.string) return leaf.text;
  json value = json::parse(leaf.text, nullptr, false);
  if (!value.is_discarded()) return value;
  // YAML writes numbers that JSON does not: `.5`, `+1`, `1.`.
  char* end = nullptr;
  const double number = std::strtod(leaf.text.c_str(), &end);
  return !leaf.text.empty() && *end == '\0' ? json(number) : json(leaf.text);
}

/// The tree of all pointers, every inner node a mapping yet.
json tree_of(const core::Fields& fields) {
  json root = json::object();
  for (const auto& [pointer, leaf] : fields) {
    json* at = &root;
    for (const auto& part :
         util::split(std::string_view(pointer).substr(std::min<std::size_t>(1, pointer.size())), '/'))
      at = &(*at)[core::key_of(part)];
    *at = scalar(leaf);
  }
  return root;
}

bool is_list(const json& node) {
  for (std::size_t i = 0; i < node.size(); ++i)
    if (!node.contains(std::to_string(i))) return false;
  return !node.empty();
}

void make_lists(json& node, const std::string& name) {
  if (!node.is_object()) return;
  for (auto& [key, value] : node.items()) make_lists(value, key);
  if (std::find(mappings.begin(), mappings.end(), name) != mappings.end() || !is_list(node)) return;
  json list = json::array();
  for (std::size_t i = 0; i < node.size(); ++i) list.push_back(std::move(node[std::to_string(i)]));
  node = std::move(list);
}

}  // namespace

std::string json_of(const core::Fields& fields) {
  json root = tree_of(fields);
  make_lists(root, "");
  return root.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace gpuctl::kube
