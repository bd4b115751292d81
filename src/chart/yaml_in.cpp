#include "chart/yaml_in.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "chart/go/quote.hpp"
#include "chart/go/unicode.hpp"
#include "chart/json_in.hpp"
#include "chart/number.hpp"
#include "chart/yaml_scalar.hpp"
#include "util/base64.hpp"
#include "util/utf8.hpp"

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

/// As Go's %#v of what go-yaml has read.
std::string go_syntax(const Value& value) {
  switch (value.kind()) {
    case Kind::nil:
      return "interface {}(nil)";
    case Kind::string:
      return go::quoted(value.string());
    case Kind::boolean:
      return value.boolean() ? "true" : "false";
    case Kind::float64:
      return print_float(value.float64());
    case Kind::list: {
      std::string out;
      for (const Value& item : value.list().items) out += (out.empty() ? "" : ", ") + go_syntax(item);
      return "[]interface {}{" + out + "}";
    }
    case Kind::map: {
      std::string out;
      for (const auto& [key, held] : value.map()->entries)
        out += (out.empty() ? "" : ", ") + go::quoted(key) + ":" + go_syntax(held);
      return "map[interface {}]interface {}{" + out + "}";
    }
    default:
      return std::to_string(value.integer());
  }
}

enum class Numbers : std::uint8_t { floats, whole };

Value valid_text(const Value& value) {
  std::string_view text = value.string();
  if (util::is_utf8(text)) return value;
  std::string out;
  while (!text.empty()) {
    const go::Rune rune = go::first_rune(text);
    go::append_rune(out, rune.code);
    text.remove_prefix(rune.length);
  }
  return Value(std::move(out));
}

/// What JSON makes of it on the way.
Value as_json(const Value& value, Numbers numbers) {
  switch (value.kind()) {
    case Kind::integer:
      if (numbers == Numbers::whole) return value;
      return Value::of_float(static_cast<double>(value.integer()));
    case Kind::uint64:
      if (numbers == Numbers::whole) return value;
      return Value::of_float(static_cast<double>(static_cast<std::uint64_t>(value.integer())));
    case Kind::float64:
      if (std::isnan(value.float64()) || std::isinf(value.float64()))
        throw YamlError("json: unsupported value: " + print_float(value.float64()));
      return value;
    case Kind::string:
      return valid_text(value);
    case Kind::list: {
      List list;
      for (const Value& item : value.list().items) list.items.push_back(as_json(item, numbers));
      return Value(std::move(list));
    }
    case Kind::map:
      for (auto& entry : value.map()->entries) entry.second = as_json(entry.second, numbers);
      return value;
    default:
      return value;
  }
}

/// go-yaml's decoder, with the steps over JSON that follow it. Their complaints are kept for the end: the whole text is
/// decoded first.
class Decoder {
 public:
  explicit Decoder(Numbers numbers) : numbers_(numbers) {}

  Value whole(const YamlNode* root) {
    if (!root) return {};
    Value result = decode(*root);
    if (!conversion_.empty()) throw YamlError(conversion_);
    return as_json(result, numbers_);
  }

 private:
  Value decode(const YamlNode& node) {
    count();
    switch (node.kind) {
      case YamlNode::Kind::alias:
        return follow(node);
      case YamlNode::Kind::scalar:
        return scalar(node);
      case YamlNode::Kind::sequence: {
        List list;
        for (const YamlNode* child : node.children) list.items.push_back(decode(*child));
        return Value(std::move(list));
      }
      case YamlNode::Kind::mapping: {
        Map map;
        decode_into(node, map);
        return Value(std::move(map));
      }
    }
    return {};
  }

  /// A text that is mostly aliases of aliases is refused before it fills the memory, at go-yaml's bounds.
  void count() {
    constexpr double low = 400000, high = 4000000;
    ++decoded_;
    if (in_alias_ > 0) ++from_aliases_;
    if (from_aliases_ <= 100 || decoded_ <= 1000) return;
    const auto all = static_cast<double>(decoded_);
    double allowed = 0.99;
    if (all > low) allowed = all >= high ? 0.10 : 0.99 - 0.89 * (all - low) / (high - low);
    if (static_cast<double>(from_aliases_) / all > allowed)
      throw YamlError("yaml: document contains excessive aliasing");
  }

  template <class Work>
  auto inside(const YamlNode& alias, Work work) {
    if (!following_.insert(&alias).second) throw YamlError("yaml: anchor '" + alias.value + "' value contains itself");
    ++in_alias_;
    auto result = work();
    --in_alias_;
    following_.erase(&alias);
    return result;
  }

  Value follow(const YamlNode& alias) {
    return inside(alias, [&] { return decode(*alias.alias); });
  }

  Value scalar(const YamlNode& node) {
    if (node.tag.empty() && !node.implicit) return Value(node.value);
    if (node.tag == std::string(tags) + "binary") {
      const auto bytes = util::base64_decode(node.value);
      if (!bytes) throw YamlError("yaml: !!binary value contains invalid base64 data");
      return Value(*bytes);
    }
    if (node.tag.empty()) return resolved(node);
    const std::string wanted = short_tag(node.tag);
    constexpr std::string_view known[] = {"!!str", "!!bool", "!!int", "!!float", "!!null", "!!timestamp"};
    if (wanted == "!!str" || std::find(std::begin(known), std::end(known), wanted) == std::end(known))
      return Value(node.value);
    return tagged(node, wanted);
  }

  Value resolved(const YamlNode& node) {
    Resolved result = resolve(node.value, GoYaml::v2);
    return result.tag == YamlTag::timestamp ? Value(node.value) : std::move(result.value);
  }

  Value tagged(const YamlNode& node, const std::string& wanted) {
    const Resolved result = resolve(node.value, GoYaml::v2);
    if (result.tag == YamlTag::timestamp && wanted != "!!timestamp") return mismatch(node, "!!str", wanted);
    if (name_of(result.tag) == wanted) return result.tag == YamlTag::timestamp ? Value(node.value) : result.value;
    if (wanted == "!!float" && result.tag == YamlTag::integer && result.value.kind() == Kind::integer)
      return Value::of_float(static_cast<double>(result.value.integer()));
    return mismatch(node, std::string(name_of(result.tag)), wanted);
  }

  static Value mismatch(const YamlNode& node, const std::string& is, const std::string& wanted) {
    throw YamlError("yaml: cannot decode " + is + " `" + node.value + "` as a " + wanted);
  }

  static bool is_merge(const YamlNode& key) {
    return key.kind == YamlNode::Kind::scalar && key.value == "<<" &&
           (key.implicit || key.tag == std::string(tags) + "merge");
  }

  void decode_into(const YamlNode& node, Map& map) {
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
      const YamlNode& key = *node.children[i];
      if (is_merge(key)) {
        merge(*node.children[i + 1], map);
        continue;
      }
      const Value decoded = decode(key);
      if (decoded.kind() == Kind::map || decoded.kind() == Kind::list)
        throw YamlError("yaml: invalid map key: " + go_syntax(decoded));
      Value value = decode(*node.children[i + 1]);
      if (const auto text = key_text(decoded, value)) map.entries.insert_or_assign(*text, std::move(value));
    }
  }

  [[noreturn]] static void no_map() {
    throw YamlError("yaml: map merge requires map or sequence of maps as the value");
  }

  void merge(const YamlNode& from, Map& map) {
    switch (from.kind) {
      case YamlNode::Kind::mapping:
        count();
        return decode_into(from, map);
      case YamlNode::Kind::alias:
        if (from.alias->kind != YamlNode::Kind::mapping) no_map();
        count();
        inside(from, [&] {
          count();
          decode_into(*from.alias, map);
          return 0;
        });
        return;
      case YamlNode::Kind::sequence:
        for (auto at = from.children.rbegin(); at != from.children.rend(); ++at) {  // the first ones win
          if ((*at)->kind != YamlNode::Kind::mapping && (*at)->kind != YamlNode::Kind::alias) no_map();
          merge(**at, map);
        }
        return;
      case YamlNode::Kind::scalar:
        no_map();
    }
  }

  std::optional<std::string> key_text(const Value& key, const Value& value) {
    switch (key.kind()) {
      case Kind::string:
        return key.string();
      case Kind::integer:
        return std::to_string(key.integer());
      case Kind::boolean:
        return key.boolean() ? "true" : "false";
      case Kind::float64:
        return float_key(key.float64());
      default:
        break;
    }
    const bool null = key.is_nil();
    std::string shown = null ? "<nil>" : "0x";
    if (!null) {
      auto bits = static_cast<std::uint64_t>(key.integer());
      std::string digits;
      for (; bits > 0; bits >>= 4) digits.insert(digits.begin(), "0123456789abcdef"[bits & 0xf]);
      shown += digits;
    }
    if (conversion_.empty())
      conversion_ = "unsupported map key of type: " + std::string(null ? "%!s(<nil>)" : "uint64") + ", key: " + shown +
                    ", value: " + (value.is_nil() ? "<nil>" : go_syntax(value));
    return std::nullopt;
  }

  static std::string float_key(double number) {
    if (std::isnan(number)) return ".nan";
    if (std::isinf(number)) return number < 0 ? "-.inf" : ".inf";
    return print_float(static_cast<float>(number));
  }

  Numbers numbers_;
  std::size_t decoded_ = 0, from_aliases_ = 0;
  int in_alias_ = 0;
  std::set<const YamlNode*> following_;
  std::string conversion_;
};

Value decoded(const YamlDocument& document, Numbers numbers) {
  return Decoder(numbers).whole(document.root());
}

Value converted(std::string_view text, Numbers numbers = Numbers::floats) {
  try {
    return decoded(YamlDocument(text), numbers);
  } catch (const YamlError& error) {
    throw YamlError(std::string("error converting YAML to JSON: ") + error.what());
  }
}

template <class Into>
Value unmarshalled(std::string_view text, Into into) {
  const Value value = converted(text);
  try {
    return into(value);
  } catch (const JsonError& error) {
    throw YamlError(std::string("error unmarshaling JSON: while decoding JSON: ") + error.what());
  }
}

}  // namespace

Value from_yaml(std::string_view text) {
  return converted(text);
}
Value from_yaml_whole(std::string_view text) {
  return converted(text, Numbers::whole);
}
Value from_yaml_whole(const YamlDocument& document) {
  return decoded(document, Numbers::whole);
}
Value numbers_as_floats(const Value& value) {
  return as_json(value, Numbers::floats);
}
// The library decodes null into an interface of its own, and leaves the empty map or list.
Value map_from_yaml(std::string_view text) {
  return unmarshalled(text, [](const Value& value) { return value.is_nil() ? Value(Map{}) : as_map(value); });
}
Value list_from_yaml(std::string_view text) {
  return unmarshalled(text, [](const Value& value) { return value.is_nil() ? Value(List{}) : as_list(value); });
}

}  // namespace gpuctl::chart
