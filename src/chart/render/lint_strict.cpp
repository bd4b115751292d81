#include "chart/render/lint_strict.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "chart/go/quote.hpp"
#include "chart/package/decode.hpp"
#include "chart/yaml_nodes.hpp"
#include "chart/yaml_syntax.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::string_view chart_fields[] = {
    "name",      "home", "sources",    "version",    "description", "keywords",    "maintainers",  "icon", "apiVersion",
    "condition", "tags", "appVersion", "deprecated", "annotations", "kubeVersion", "dependencies", "type"};
constexpr std::string_view dependency_fields[] = {"name", "version", "repository",    "condition",
                                                  "tags", "enabled", "import-values", "alias"};
constexpr std::string_view maintainer_fields[] = {"name", "email", "url"};

using FieldNames = std::span<const std::string_view>;

/// The fields of what a list of that name holds; none where it holds no structs.
FieldNames fields_within(std::string_view key) {
  if (names_field(key, "dependencies")) return dependency_fields;
  if (names_field(key, "maintainers")) return maintainer_fields;
  return {};
}

/// In the order of JSON's sorted keys, as they are read.
std::string first_unknown(const Value& of, FieldNames fields, bool outermost) {
  if (of.kind() != Kind::map) return {};
  for (const auto& [key, value] : of.map()->entries) {
    if (std::ranges::none_of(fields, [&](auto field) { return names_field(key, field); })) return key;
    const auto inner = outermost ? fields_within(key) : FieldNames();
    if (inner.empty() || value.kind() != Kind::list) continue;
    for (const auto& item : value.list().items)
      if (auto unknown = first_unknown(item, inner, false); !unknown.empty()) return unknown;
  }
  return {};
}

/// Lines that tell of keys which stand twice in a mapping.
void add_twice(const YamlNode& node, std::vector<std::string>& out) {
  if (node.kind == YamlNode::Kind::sequence)
    for (const auto* child : node.children) add_twice(*child, out);
  if (node.kind != YamlNode::Kind::mapping) return;
  std::set<std::string> seen;
  for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
    const auto& key = *node.children[i];
    const auto& value = *node.children[i + 1];
    add_twice(value, out);
    if (key.kind != YamlNode::Kind::scalar) continue;
    const bool text = scalar_of(key).kind() == Kind::string;
    auto shown = text ? go::quoted(key.value) : key.value;
    if (!seen.insert(shown).second)
      out.push_back(fmt::format("\n  line {}: key {} already set in map", value.line + 1, shown));
  }
}

}  // namespace

std::string strict_fault(const std::string& text, const Value& raw) {
  const YamlDocument document(text);
  std::vector<std::string> twice;
  if (document.root()) add_twice(*document.root(), twice);
  if (!twice.empty()) {
    std::string out = "error converting YAML to JSON: yaml: unmarshal errors:";
    for (const auto& line : twice) out += line;
    return out;
  }
  const auto unknown = first_unknown(raw, chart_fields, true);
  if (unknown.empty()) return {};
  return "error unmarshaling JSON: while decoding JSON: json: unknown field " + go::quoted(unknown);
}

}  // namespace gpuctl::chart
