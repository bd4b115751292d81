#include "chart/yaml_in.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "chart/go/slice.hpp"
#include "chart/go/unicode.hpp"
#include "chart/json_in.hpp"
#include "chart/number.hpp"
#include "chart/yaml_syntax.hpp"
#include "util/utf8.hpp"

namespace gpuctl::chart {

namespace {

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
      list.capacity = go::grown_capacity(list.items.size());
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
    if (fault_) throw YamlError(text_of(*fault_));
    return as_json(result, numbers_);
  }

 private:
  /// A key that no JSON can have, with its value.
  struct Fault {
    Value key;
    const YamlNode* held = nullptr;
  };

  Value decode(const YamlNode& node) {
    count();
    switch (node.kind) {
      case YamlNode::Kind::alias:
        return follow(node);
      case YamlNode::Kind::scalar:
        return scalar_of(node);
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

  /// A key that comes again takes along what its first value could not be converted for.
  void decode_into(const YamlNode& node, Map& map) {
    std::map<std::string, std::optional<Fault>> faults;
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
      const YamlNode& key = *node.children[i];
      if (is_merge(key)) {
        merge(*node.children[i + 1], map);
        continue;
      }
      const Value decoded = decode(key);
      if (decoded.kind() == Kind::map || decoded.kind() == Kind::list)
        throw YamlError("yaml: invalid map key: " + go_syntax(key));
      auto before = std::exchange(fault_, {});
      const YamlNode& held = *node.children[i + 1];
      Value value = decode(held);
      const auto text = key_text(decoded, held);
      if (text) map.entries.insert_or_assign(*text, std::move(value));
      auto fault = std::exchange(fault_, std::move(before));
      if (!fault && faults.empty()) continue;
      faults[text ? *text : go_syntax(decoded)] = std::move(fault);
    }
    for (auto& [key, fault] : faults)
      if (!fault_) fault_ = std::move(fault);
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

  std::optional<std::string> key_text(const Value& key, const YamlNode& held) {
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
    fault_ = Fault{key, &held};  // of a key that cannot be, nobody asks whether its value can
    return std::nullopt;
  }

  /// Made once, of the one that is told: a value may hold thousands of others that cannot be.
  static std::string text_of(const Fault& fault) {
    const bool null = fault.key.is_nil();
    const auto value = go_syntax(*fault.held);
    return "unsupported map key of type: " + std::string(null ? "%!s(<nil>)" : "uint64") +
           ", key: " + (null ? "<nil>" : go_syntax(fault.key)) + ", value: " + (value == no_value ? "<nil>" : value);
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
  std::optional<Fault> fault_;
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
