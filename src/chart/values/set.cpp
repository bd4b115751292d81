#include "chart/values/set.hpp"

#include <fmt/core.h>

#include <charconv>

#include "chart/go/quote.hpp"
#include "chart/go/space.hpp"
#include "chart/go/unicode.hpp"
#include "chart/json_in.hpp"
#include "chart/values/json_end.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

constexpr int most_index = 65536;
constexpr int deepest_name = 30;

[[noreturn]] void refuse(std::string why) {
  throw core::Error(core::ErrorKind::usage, std::move(why));
}

std::string_view go_type(const Value& value) {
  switch (value.kind()) {
    case Kind::nil:
      return "nil";
    case Kind::boolean:
      return "bool";
    case Kind::string:
      return "string";
    case Kind::float64:
      return "float64";
    case Kind::list:
      return "[]interface {}";
    case Kind::map:
      return "map[string]interface {}";
    case Kind::integer:
      return "int";
    default:
      return "int64";
  }
}

/// Helm's parser asserts a Go type and shows what that panics with.
[[noreturn]] void not_a(std::string_view wanted, const Value& value) {
  refuse(
      fmt::format("unable to parse key: interface conversion: interface {{}} is {}, not {}", go_type(value), wanted));
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_word(std::string_view text, std::string_view word) {
  if (text.size() != word.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (lower(text[i]) != word[i]) return false;
  return true;
}

Value typed(const std::string& text) {
  if (is_word(text, "true")) return Value(true);
  if (is_word(text, "false")) return Value(false);
  if (is_word(text, "null")) return {};
  if (text == "0") return Value::of_int64(0);
  if (text.empty() || text[0] == '0') return Value(text);
  std::string_view digits = text;
  if (digits[0] == '+') digits.remove_prefix(1);
  if (digits.empty() || (text[0] == '+' && digits[0] == '-')) return Value(text);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && end == digits.data() + digits.size() ? Value::of_int64(number) : Value(text);
}

/// What a part of the line ended with: done, or the end of the line, which Helm passes up as an error of its own kind.
enum class Ended : std::uint8_t { well, at_end };

class Parser {
 public:
  Parser(std::string_view line, SetAs as, const std::function<Value(const std::string&)>& from_file)
      : left_(line), as_(as), from_file_(from_file) {}

  void into(Map& data) {
    while (key(data, 0) == Ended::well) {
    }
  }

 private:
  /// A name, a value or an index up to one of `stops`, which is taken as well; `stop` is 0 at the end of the line.
  struct Token {
    std::string text;
    char stop = 0;
  };
  Token until(std::string_view stops);

  Ended key(Map& data, int depth);
  Ended key_value(Map& data, const std::string& name);
  Ended key_inner(Map& data, const std::string& name, int depth);
  Ended key_item(Map& data, const std::string& name, int depth);
  Ended item(std::vector<Value>& list, std::int64_t index, int depth);
  Ended item_value(std::vector<Value>& list, std::int64_t index);
  Ended item_list(std::vector<Value>& list, std::int64_t index, int depth);
  Ended item_inner(std::vector<Value>& list, std::int64_t index, int depth);
  bool index(std::int64_t& out);
  Value json();
  bool empty_json();
  bool braces(Value& out);
  Value converted(const std::string& text) const;

  static void set(Map& data, const std::string& name, Value value) {
    if (!name.empty()) data.entries.insert_or_assign(name, std::move(value));
  }
  static void set_item(std::vector<Value>& list, std::int64_t index, Value value) {
    if (index > most_index)
      refuse(fmt::format("index of {} is greater than maximum supported index of {}", index, most_index));
    if (list.size() <= static_cast<std::size_t>(index)) list.resize(static_cast<std::size_t>(index) + 1);
    list[static_cast<std::size_t>(index)] = std::move(value);
  }
  static Value list_value(std::vector<Value> items) {
    List out;
    out.items = std::move(items);
    return Value(std::move(out));
  }

  std::string_view left_;
  SetAs as_;
  const std::function<Value(const std::string&)>& from_file_;
};

Parser::Token Parser::until(std::string_view stops) {
  Token out;
  while (!left_.empty()) {
    const auto rune = go::first_rune(left_);
    const char c = left_[0];
    left_.remove_prefix(rune.length);
    if (rune.length == 1 && c != '\0' && stops.find(c) != std::string_view::npos) {
      out.stop = c;
      return out;
    }
    if (c != '\\' || as_ == SetAs::literal) {
      go::append_rune(out.text, rune.code);
      continue;
    }
    if (left_.empty()) break;
    const auto next = go::first_rune(left_);
    left_.remove_prefix(next.length);
    go::append_rune(out.text, next.code);
  }
  return out;
}

Ended Parser::key(Map& data, int depth) {
  const auto name = until(as_ == SetAs::literal ? "=[." : "=[,.");
  switch (name.stop) {
    case '[':
      return key_item(data, name.text, depth);
    case '=':
      return key_value(data, name.text);
    case '.':
      return key_inner(data, name.text, depth + 1);
    case ',':
      refuse(fmt::format("key {} has no value (cannot end with ,)", go::quoted(name.text)));
    default:
      break;
  }
  if (!name.text.empty()) refuse(fmt::format("key {} has no value", go::quoted(name.text)));
  return Ended::at_end;
}

Ended Parser::key_value(Map& data, const std::string& name) {
  if (as_ == SetAs::literal) {
    set(data, name, Value(until("").text));
    return Ended::well;
  }
  if (as_ == SetAs::json) {
    set(data, name, empty_json() ? Value() : json());
    return Ended::well;
  }
  if (left_.empty()) {
    set(data, name, Value(""));
    return Ended::at_end;
  }
  Value list;
  set(data, name, braces(list) ? list : converted(until(",").text));
  return Ended::well;
}

Ended Parser::key_inner(Map& data, const std::string& name, int depth) {
  if (depth > deepest_name)
    refuse(fmt::format("value name nested level is greater than maximum supported nested level of {}", deepest_name));
  auto inner = std::make_shared<Map>();
  if (const auto found = data.entries.find(name); found != data.entries.end()) {
    if (found->second.kind() != Kind::map) not_a("map[string]interface {}", found->second);
    inner = found->second.map();
  }
  const auto ended = key(*inner, depth);
  if (ended == Ended::well && inner->entries.empty()) refuse(fmt::format("key map {} has no value", go::quoted(name)));
  if (!inner->entries.empty()) set(data, name, Value(inner));
  return ended;
}

Ended Parser::key_item(Map& data, const std::string& name, int depth) {
  std::int64_t at = 0;
  if (!index(at)) return Ended::at_end;
  std::vector<Value> list;
  if (const auto found = data.entries.find(name); found != data.entries.end()) {
    if (found->second.kind() != Kind::list) not_a("[]interface {}", found->second);
    list = found->second.list().items;
  }
  const auto ended = item(list, at, depth);
  set(data, name, list_value(std::move(list)));
  return ended;
}

bool Parser::index(std::int64_t& out) {
  const auto token = until("]");
  if (token.stop == 0) return false;
  std::string_view digits = token.text;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool wrong = error == std::errc::invalid_argument || end != digits.data() + digits.size() ||
                     (token.text.starts_with('+') && digits.starts_with('-'));
  if (wrong || error != std::errc())
    refuse(fmt::format("error parsing index: strconv.Atoi: parsing {}: {}", go::quoted(token.text),
                       wrong ? "invalid syntax" : "value out of range"));
  out = number;
  return true;
}

Ended Parser::item(std::vector<Value>& list, std::int64_t at, int depth) {
  if (at < 0) refuse(fmt::format("negative {} index not allowed", at));
  const auto token = until("[.=");
  if (!token.text.empty()) {
    std::string runes = "[";
    for (std::string_view rest = token.text; !rest.empty();) {
      const auto rune = go::first_rune(rest);
      rest.remove_prefix(rune.length);
      if (runes.size() > 1) runes += ' ';
      runes += go::quoted_rune(rune.code);
    }
    refuse(fmt::format("unexpected data at end of array index: {}]", runes));
  }
  switch (token.stop) {
    case '=':
      return item_value(list, at);
    case '[':
      return item_list(list, at, depth);
    case '.':
      return item_inner(list, at, depth);
    default:
      return Ended::at_end;
  }
}

Ended Parser::item_value(std::vector<Value>& list, std::int64_t at) {
  if (as_ == SetAs::literal) {
    set_item(list, at, Value(until("").text));
  } else if (as_ == SetAs::json) {
    set_item(list, at, empty_json() ? Value() : json());
  } else if (left_.empty()) {
    set_item(list, at, Value(""));
  } else {
    Value braced;
    set_item(list, at, braces(braced) ? braced : converted(until(",").text));
  }
  return Ended::well;
}

Ended Parser::item_list(std::vector<Value>& list, std::int64_t at, int depth) {
  std::int64_t next = 0;
  if (!index(next)) return Ended::at_end;
  std::vector<Value> inner;
  if (list.size() > static_cast<std::size_t>(at) && !list[static_cast<std::size_t>(at)].is_nil()) {
    const auto& found = list[static_cast<std::size_t>(at)];
    if (found.kind() != Kind::list) not_a("[]interface {}", found);
    inner = found.list().items;
  }
  if (item(inner, next, depth) == Ended::at_end) return Ended::at_end;
  set_item(list, at, list_value(std::move(inner)));
  return Ended::well;
}

Ended Parser::item_inner(std::vector<Value>& list, std::int64_t at, int depth) {
  auto inner = std::make_shared<Map>();
  if (list.size() > static_cast<std::size_t>(at)) {
    auto& found = list[static_cast<std::size_t>(at)];
    if (found.kind() == Kind::map)
      inner = found.map();
    else
      found = Value(inner);
  }
  if (key(*inner, depth) == Ended::at_end) return Ended::at_end;
  set_item(list, at, Value(inner));
  return Ended::well;
}

bool Parser::empty_json() {
  while (!left_.empty()) {
    const auto rune = go::first_rune(left_);
    if (rune.code != ',' && !go::is_space(rune.code)) return false;
    left_.remove_prefix(rune.length);
    if (rune.code == ',') return true;
  }
  return true;
}

Value Parser::json() {
  const auto end = json_end(left_);
  auto out = from_json(left_.substr(0, end));
  left_.remove_prefix(end);
  empty_json();
  return out;
}

bool Parser::braces(Value& out) {
  if (!left_.starts_with('{')) return false;
  left_.remove_prefix(1);
  std::vector<Value> items;
  for (;;) {
    const auto token = until(",}");
    if (token.stop == 0) refuse("list must terminate with '}'");
    items.push_back(converted(token.text));
    if (token.stop == '}') break;
  }
  if (left_.starts_with(',')) left_.remove_prefix(1);
  out = list_value(std::move(items));
  return true;
}

Value Parser::converted(const std::string& text) const {
  if (as_ == SetAs::typed) return typed(text);
  if (as_ == SetAs::file) return from_file_(text);
  return Value(text);
}

}  // namespace

void set_into(std::string_view line, const std::shared_ptr<Map>& into, SetAs as,
              const std::function<Value(const std::string&)>& from_file) {
  Parser(line, as, from_file).into(*into);
}

}  // namespace gpuctl::chart
