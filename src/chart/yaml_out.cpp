#include "chart/yaml_out.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "chart/function.hpp"
#include "chart/go/unicode.hpp"
#include "chart/json_out.hpp"
#include "chart/natural_order.hpp"
#include "chart/number.hpp"
#include "chart/open_maps.hpp"
#include "chart/yaml_text.hpp"
#include "util/base64.hpp"
#include "util/utf8.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::size_t longest_simple_key = 128;
constexpr std::size_t widest_line = 80;  // the second version folds, the third does not

CallError json_error(const std::string& what) {
  return CallError("error marshaling into JSON: json: " + what);
}

/// How a number reads and is written again once it was JSON.
std::string over_json(double number) {
  if (std::isnan(number) || std::isinf(number)) throw json_error("unsupported value: " + print_float(number));
  const std::string text = json_float(number);
  const Resolved read = resolve(text, GoYaml::v2);
  if (read.tag == YamlTag::floating) return print_float(read.value.float64());
  return text == "-0" ? "0" : text;
}

std::string yaml_float(double number) {
  const std::string text = print_float(number);
  if (text == "+Inf") return ".inf";
  if (text == "-Inf") return "-.inf";
  return text == "NaN" ? ".nan" : text;
}

/// Blanks around a break within quotes, and the break itself, are one blank; each further break stays one.
void fold_breaks(std::string& text, std::size_t at) {
  constexpr std::string_view next_line = "\xc2\x85", blanks = " \t";
  while (at < text.size()) {
    const auto start = text.find_last_not_of(blanks, at == 0 ? 0 : at - 1);
    const auto from = at == 0 || start == std::string::npos ? 0 : start + 1;
    auto end = at;
    std::size_t breaks = 0;
    while (text.compare(end, next_line.size(), next_line) == 0) {
      ++breaks;
      end = std::min(text.find_first_not_of(blanks, end + next_line.size()), text.size());
    }
    const std::string with = breaks == 1 ? " " : std::string(breaks - 1, '\n');
    text.replace(from, end - from, with);
    at = text.find(next_line, from + with.size());
  }
}

/// A text as it comes out of JSON that was read as YAML: not all that JSON lets pass is a character of YAML, and a next
/// line (U+0085) is a break.
std::string over_json(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const go::Rune rune = go::first_rune(text);
    if ((rune.code >= 0x7f && rune.code <= 0x9f && rune.code != 0x85) || rune.code == 0xfffe || rune.code == 0xffff)
      throw CallError("yaml: control characters are not allowed");
    go::append_rune(out, rune.code);
    text.remove_prefix(rune.length);
  }
  if (const auto at = out.find("\xc2\x85"); at != out.npos) fold_breaks(out, at);
  return out;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x7f; });
}

/// Base64 in lines of 70.
std::string binary(std::string_view bytes) {
  const std::string whole = util::base64_encode(bytes);
  std::string out;
  for (std::size_t i = 0; i < whole.size(); i += 70) out += whole.substr(i, 70) + (whole.size() >= 70 ? "\n" : "");
  return out;
}

class Emitter {
 public:
  Emitter(std::string& out, GoYaml version) : out_(out), version_(version) {}

  void document(const Value& value) {
    node(value, -1, Place::root);
    if (out_.empty() || out_.back() != '\n') out_ += '\n';
  }

 private:
  /// Where a value stands: behind `key:`, behind `- ` or `? ` on the same line, or alone.
  enum class Place : std::uint8_t { root, after_key, after_mark };

  void new_line(int indent) {
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
    out_.append(static_cast<std::size_t>(std::max(indent, 0)), ' ');
  }

  void blank(Place place) {
    if (place == Place::after_key) out_ += ' ';
  }

  void node(const Value& value, int indent, Place place) {
    switch (value.kind()) {
      case Kind::list:
        return list(value.list(), indent, place);
      case Kind::map:
        return map(*value.map(), indent, place);
      case Kind::string:
        blank(place);
        return text(value.string(), indent);
      case Kind::object:
        return object(*value.object(), indent, place);
      default:
        blank(place);
        out_ += scalar(value);
    }
  }

  void object(const Object& value, int indent, Place place) {
    const auto held = value.json();
    if (!held) throw json_error("unsupported type: " + value.type());
    if (version_ != GoYaml::v3 || value.type() != "time.Time") return node(*held, indent, place);
    blank(place);  // a scalar of YAML's own
    out_ += held->string();
  }

  std::string scalar(const Value& value) const {
    switch (value.kind()) {
      case Kind::nil:
        return "null";
      case Kind::boolean:
        return value.boolean() ? "true" : "false";
      case Kind::uint64:
        return std::to_string(static_cast<std::uint64_t>(value.integer()));
      case Kind::float64:
        return version_ == GoYaml::v2 ? over_json(value.float64()) : yaml_float(value.float64());
      default:
        return std::to_string(value.integer());
    }
  }

  void text(std::string_view text, int indent) {
    if (version_ == GoYaml::v2 && !is_ascii(text)) return valid_text(over_json(text), indent);
    if (!util::is_utf8(text)) {
      const std::string encoded = binary(text);
      out_ += "!!binary ";
      return append_text(out_, encoded, encoded.find('\n') == encoded.npos ? TextStyle::plain : TextStyle::literal,
                         std::max(indent, 0) + 2);
    }
    valid_text(text, indent);
  }

  void valid_text(std::string_view text, int indent) {
    append_text(out_, text, form_of(text, version_, false).style, std::max(indent, 0) + 2,
                version_ == GoYaml::v2 ? widest_line : 0);
  }

  void list(const List& list, int indent, Place place) {
    if (list.nil && version_ == GoYaml::v2) {
      blank(place);
      out_ += "null";
      return;
    }
    if (list.element == Element::uint8 && version_ == GoYaml::v2) {
      blank(place);
      return text(util::base64_encode(bytes_of(list)), indent);
    }
    if (list.items.empty()) {
      blank(place);
      out_ += "[]";
      return;
    }
    // The second version sets lists below their key, the third indents them.
    const bool below = version_ == GoYaml::v2 && place == Place::after_key;
    const int inner = indent < 0 ? 0 : below ? indent : indent + 2;
    bool first = place == Place::after_mark;
    for (const Value& item : list.items) {
      if (!first) new_line(inner);
      first = false;
      out_ += "- ";
      node(item, inner, Place::after_mark);
    }
  }

  void map(const Map& map, int indent, Place place) {
    if (map.nil && version_ == GoYaml::v2) {
      blank(place);
      out_ += "null";
      return;
    }
    if (map.entries.empty()) {
      blank(place);
      out_ += "{}";
      return;
    }
    if (!open_.enter(map)) throw json_error("unsupported value: encountered a cycle via map[string]interface {}");
    std::vector<const std::pair<const std::string, Value>*> entries;
    for (const auto& entry : map.entries) entries.push_back(&entry);
    std::sort(entries.begin(), entries.end(),
              [&](const auto* a, const auto* b) { return natural_less(a->first, b->first, version_); });
    const int inner = indent < 0 ? 0 : indent + 2;
    bool first = place == Place::after_mark;
    for (const auto* entry : entries) {
      if (!first) new_line(inner);
      first = false;
      key_and_value(entry->first, entry->second, inner);
    }
    open_.leave(map);
  }

  /// JSON's keys are simple keys of YAML, which end on their line and within 1024 characters.
  static void check_key(std::string_view key) {
    bool simple = key.find("\xc2\x85") == key.npos;
    if (key.size() >= 170) {
      std::string quoted;
      append_json_string(quoted, key, true);
      simple = simple && go::rune_count(quoted) <= 1024;
    }
    if (!simple) throw CallError("yaml: did not find expected ',' or '}'");
  }

  void key_and_value(const std::string& held, const Value& value, int indent) {
    const bool as_is = version_ == GoYaml::v3 || is_ascii(held);
    if (version_ == GoYaml::v2) check_key(held);
    const std::string other = as_is ? std::string() : over_json(held);
    const std::string& key = as_is ? held : other;
    const bool valid = util::is_utf8(key);
    const TextForm form = valid ? form_of(key, version_, true) : TextForm{};
    if (valid && !form.multiline && key.size() <= longest_simple_key) {
      append_text(out_, key, form.style, indent + 2);
      out_ += ':';
      return node(value, indent, Place::after_key);
    }
    out_ += "? ";
    text(key, indent);
    new_line(indent);
    out_ += ": ";
    node(value, indent, Place::after_mark);
  }

  std::string& out_;
  GoYaml version_;
  OpenMaps open_;
};

}  // namespace

std::string to_yaml(const Value& value) {
  std::string out;
  Emitter(out, GoYaml::v2).document(value);
  return out;
}

std::string to_yaml_pretty(const Value& value) {
  std::string out;
  Emitter(out, GoYaml::v3).document(value);
  return out;
}

}  // namespace gpuctl::chart
