#include "chart/yaml_syntax.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>
#include <utility>
#include <vector>

#include "chart/go/quote.hpp"
#include "chart/number.hpp"
#include "chart/yaml_scalar.hpp"
#include "util/base64.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::string_view tags = "tag:yaml.org,2002:";

std::string short_tag(const std::string& tag) {
  return tag.starts_with(tags) ? "!!" + tag.substr(tags.size()) : tag;
}

std::string_view name_of(YamlTag tag) {
  switch (tag) {
    case YamlTag::null:
      return "!!null";
    case YamlTag::boolean:
      return "!!bool";
    case YamlTag::integer:
      return "!!int";
    case YamlTag::floating:
      return "!!float";
    case YamlTag::timestamp:
      return "!!timestamp";
    case YamlTag::string:
      return "!!str";
  }
  return {};
}

Value mismatch(const YamlNode& node, const std::string& is, const std::string& wanted) {
  throw YamlError("yaml: cannot decode " + is + " `" + node.value + "` as a " + wanted);
}

Value tagged(const YamlNode& node, const std::string& wanted) {
  const Resolved result = resolve(node.value, GoYaml::v2);
  if (result.tag == YamlTag::timestamp && wanted != "!!timestamp") return mismatch(node, "!!str", wanted);
  if (name_of(result.tag) == wanted) return result.tag == YamlTag::timestamp ? Value(node.value) : result.value;
  if (wanted == "!!float" && result.tag == YamlTag::integer && result.value.kind() == Kind::integer)
    return Value::of_float(static_cast<double>(result.value.integer()));
  return mismatch(node, std::string(name_of(result.tag)), wanted);
}

Value resolved_scalar(const YamlNode& node) {
  Resolved result = resolve(node.value, GoYaml::v2);
  return result.tag == YamlTag::timestamp ? Value(node.value) : std::move(result.value);
}

bool is_nan(const Value& value) {
  return value.kind() == Kind::float64 && std::isnan(value.float64());
}

int rank(const Value& value) {
  switch (value.kind()) {
    case Kind::nil:
      return 0;
    case Kind::string:
      return 1;
    case Kind::uint64:
      return 2;
    case Kind::float64:
      return 4;
    case Kind::boolean:
      return 5;
    default:
      return 3;
  }
}

/// The order in which fmt writes keys of several types.
bool is_before(const Value& a, const Value& b) {
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  switch (a.kind()) {
    case Kind::nil:
      return false;
    case Kind::string:
      return a.string() < b.string();
    case Kind::float64:
      return is_nan(a) ? !is_nan(b) : a.float64() < b.float64();
    case Kind::boolean:
      return !a.boolean() && b.boolean();
    case Kind::uint64:
      return static_cast<std::uint64_t>(a.integer()) < static_cast<std::uint64_t>(b.integer());
    default:
      return a.integer() < b.integer();
  }
}

void write_syntax(const YamlNode& node, std::string& out);

/// A mapping's entries as Go's map has them: each key once, with the last of its values, in fmt's order.
class SyntaxMap {
 public:
  explicit SyntaxMap(const YamlNode& mapping) {
    add(mapping);
    std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
      if (is_before(a.key, b.key)) return true;
      return !is_before(b.key, a.key) && a.place < b.place;
    });
  }

  void write(std::string& out) const {
    out += "map[interface {}]interface {}{";
    bool first = true;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (i + 1 < entries_.size() && is_same(entries_[i].key, entries_[i + 1].key)) continue;
      if (!first) out += ", ";
      first = false;
      out += go_syntax(entries_[i].key) + ":";
      write_syntax(*entries_[i].held, out);
    }
    out += '}';
  }

 private:
  struct Entry {
    Value key;
    const YamlNode* held;
    std::size_t place;
  };

  void add(const YamlNode& mapping) {
    for (std::size_t i = 0; i + 1 < mapping.children.size(); i += 2) {
      const YamlNode& key = *mapping.children[i];
      const YamlNode& held = *mapping.children[i + 1];
      if (is_merge(key))
        merge(held);
      else
        entries_.push_back({scalar_of(key.kind == YamlNode::Kind::alias ? *key.alias : key), &held, entries_.size()});
    }
  }

  void merge(const YamlNode& from) {
    if (from.kind == YamlNode::Kind::alias) return merge(*from.alias);
    if (from.kind == YamlNode::Kind::mapping) return add(from);
    for (auto at = from.children.rbegin(); at != from.children.rend(); ++at) merge(**at);  // the first ones win
  }

  static bool is_same(const Value& a, const Value& b) { return !is_nan(a) && !is_before(a, b) && !is_before(b, a); }

  std::vector<Entry> entries_;
};

void write_syntax(const YamlNode& node, std::string& out) {
  switch (node.kind) {
    case YamlNode::Kind::alias:
      return write_syntax(*node.alias, out);
    case YamlNode::Kind::scalar:
      out += go_syntax(scalar_of(node));
      return;
    case YamlNode::Kind::sequence:
      out += "[]interface {}{";
      for (bool first = true; const auto* child : node.children) {
        if (!first) out += ", ";
        first = false;
        write_syntax(*child, out);
      }
      out += '}';
      return;
    case YamlNode::Kind::mapping:
      SyntaxMap(node).write(out);
  }
}

std::string hex_syntax(std::uint64_t bits) {
  std::string digits;
  for (; bits > 0; bits >>= 4) digits.insert(digits.begin(), "0123456789abcdef"[bits & 0xf]);
  return "0x" + digits;
}

}  // namespace

Value scalar_of(const YamlNode& node) {
  if (node.tag.empty() && !node.implicit) return Value(node.value);
  if (node.tag == std::string(tags) + "binary") {
    const auto bytes = util::base64_decode(node.value);
    if (!bytes) throw YamlError("yaml: !!binary value contains invalid base64 data");
    return Value(*bytes);
  }
  if (node.tag.empty()) return resolved_scalar(node);
  const std::string wanted = short_tag(node.tag);
  constexpr std::string_view known[] = {"!!str", "!!bool", "!!int", "!!float", "!!null", "!!timestamp"};
  if (wanted == "!!str" || std::find(std::begin(known), std::end(known), wanted) == std::end(known))
    return Value(node.value);
  return tagged(node, wanted);
}

bool is_merge(const YamlNode& key) {
  return key.kind == YamlNode::Kind::scalar && key.value == "<<" &&
         (key.implicit || key.tag == std::string(tags) + "merge");
}

std::string go_syntax(const Value& scalar) {
  switch (scalar.kind()) {
    case Kind::nil:
      return std::string(no_value);
    case Kind::string:
      return go::quoted(scalar.string());
    case Kind::boolean:
      return scalar.boolean() ? "true" : "false";
    case Kind::float64:
      return print_float(scalar.float64());
    case Kind::uint64:
      return hex_syntax(static_cast<std::uint64_t>(scalar.integer()));
    default:
      return std::to_string(scalar.integer());
  }
}

std::string go_syntax(const YamlNode& node) {
  std::string out;
  write_syntax(node, out);
  return out;
}

}  // namespace gpuctl::chart
