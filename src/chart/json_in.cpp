#include "chart/json_in.hpp"

#include "chart/go/quote.hpp"
#include "chart/go/slice.hpp"
#include "chart/go/unicode.hpp"
#include "chart/number.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

constexpr int deepest_json = 10000;

/// 'c' as encoding/json shows a byte.
std::string shown(char c) {
  if (c == '\'') return "'\\''";
  if (c == '"') return "'\"'";
  std::string text;
  go::append_rune(text, static_cast<unsigned char>(c));
  const std::string quoted = go::quoted(text);
  return "'" + quoted.substr(1, quoted.size() - 2) + "'";
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Value whole() {
    Value result = value(0);
    blanks();
    if (at_ < text_.size()) throw unexpected("after top-level value");
    return result;
  }

  bool too_large() const { return !late_.empty(); }
  /// What whole() found wrong with a value, not with the text.
  Value checked(Value read) const {
    if (!late_.empty()) throw JsonRangeError(late_, std::move(read));
    return read;
  }

 private:
  JsonError unexpected(const std::string& where) const {
    // Within a word, a number or an escape the end of the text counts as a blank.
    const bool within = where.starts_with("in ") || where.starts_with("after decimal");
    if (at_ >= text_.size() && within) return JsonError("invalid character ' ' " + where);
    if (at_ >= text_.size()) return JsonError("unexpected end of JSON input");
    return JsonError("invalid character " + shown(text_[at_]) + " " + where);
  }

  void blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }

  bool next_is(char c) const { return at_ < text_.size() && text_[at_] == c; }

  Value value(int depth) {
    blanks();
    if (at_ >= text_.size()) throw unexpected("");
    const char c = text_[at_];
    if ((c == '{' || c == '[') && depth >= deepest_json) throw JsonError("exceeded max depth");
    if (c == '{') return object(depth + 1);
    if (c == '[') return array(depth + 1);
    if (c == '"') return Value(string());
    if (c == '-' || util::is_digit(c)) return number();
    if (c == 't') return word("true"), Value(true);
    if (c == 'f') return word("false"), Value(false);
    if (c == 'n') return word("null"), Value();
    throw unexpected("looking for beginning of value");
  }

  void word(std::string_view literal) {
    for (std::size_t i = 0; i < literal.size(); ++i, ++at_)
      if (!next_is(literal[i]))
        throw unexpected("in literal " + std::string(literal) + " (expecting " + shown(literal[i]) + ")");
  }

  Value object(int depth) {
    ++at_;
    Map map;
    blanks();
    if (next_is('}')) return ++at_, Value(std::move(map));
    for (;;) {
      blanks();
      if (!next_is('"')) throw unexpected("looking for beginning of object key string");
      std::string key = string();
      blanks();
      if (!next_is(':')) throw unexpected("after object key");
      ++at_;
      map.entries.insert_or_assign(std::move(key), value(depth));
      blanks();
      if (next_is('}')) return ++at_, Value(std::move(map));
      if (!next_is(',')) throw unexpected("after object key:value pair");
      ++at_;
    }
  }

  Value array(int depth) {
    ++at_;
    List list;
    blanks();
    if (next_is(']')) return ++at_, Value(std::move(list));
    for (;;) {
      list.items.push_back(value(depth));
      blanks();
      if (next_is(']')) {
        list.capacity = go::grown_capacity(list.items.size());
        return ++at_, Value(std::move(list));
      }
      if (!next_is(',')) throw unexpected("after array element");
      ++at_;
    }
  }

  void digits(const char* where) {
    if (at_ >= text_.size() || !util::is_digit(text_[at_])) throw unexpected(where);
    while (at_ < text_.size() && util::is_digit(text_[at_])) ++at_;
  }

  Value number() {
    const auto start = at_;
    if (next_is('-')) ++at_;
    if (next_is('0'))
      ++at_;
    else
      digits("in numeric literal");
    if (next_is('.')) {
      ++at_;
      digits("after decimal point in numeric literal");
    }
    if (next_is('e') || next_is('E')) {
      ++at_;
      if (next_is('+') || next_is('-')) ++at_;
      digits("in exponent of numeric literal");
    }
    const auto text = text_.substr(start, at_ - start);
    const auto read = parse_float(text);
    // The syntax of all the text is looked at first.
    if (read.outcome != Parsed::fine && late_.empty())
      late_ = "json: cannot unmarshal number " + std::string(text) + " into Go value of type float64";
    return read.outcome == Parsed::fine ? Value::of_float(read.value) : Value();
  }

  std::string string() {
    ++at_;
    std::string out;
    for (;;) {
      if (at_ >= text_.size()) throw unexpected("");
      const char c = text_[at_];
      if (c == '"') return ++at_, out;
      if (static_cast<unsigned char>(c) < 0x20) throw unexpected("in string literal");
      if (c == '\\') {
        escape(out);
      } else if (static_cast<unsigned char>(c) < 0x80) {
        out += c;
        ++at_;
      } else {
        const go::Rune rune = go::first_rune(text_.substr(at_));
        go::append_rune(out, rune.code);
        at_ += rune.length;
      }
    }
  }

  void escape(std::string& out) {
    ++at_;
    constexpr std::string_view letters = "\"\\/bfnrt", plain = "\"\\/\b\f\n\r\t";
    if (next_is('u')) {
      ++at_;
      return go::append_rune(out, code_of_escape());
    }
    const auto found = at_ < text_.size() ? letters.find(text_[at_]) : letters.npos;
    if (found == letters.npos) throw unexpected("in string escape code");
    out += plain[found];
    ++at_;
  }

  char32_t hex4() {
    char32_t code = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = at_ < text_.size() ? text_[at_] : ' ';
      const int digit = util::is_digit(c)                        ? c - '0'
                        : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                                 : -1;
      if (digit < 0) throw unexpected("in \\u hexadecimal character escape");
      code = code * 16 + static_cast<unsigned>(digit);
    }
    return code;
  }

  /// Half of a pair is only taken together with the other half behind it.
  char32_t code_of_escape() {
    const char32_t first = hex4();
    if (first < 0xd800 || first > 0xdfff) return first;
    if (first < 0xdc00 && text_.substr(at_, 2) == "\\u") {
      const auto back = at_;
      at_ += 2;
      const char32_t second = hex4();
      if (second >= 0xdc00 && second <= 0xdfff) return 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
      at_ = back;
    }
    return 0xfffd;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string late_;
};

JsonError wrong_kind(const Value& value, const char* wanted) {
  return JsonError("json: cannot unmarshal " + json_kind(value) + " into Go value of type " + wanted);
}

/// A number alone is of the wrong kind, be it too large or not.
Value read_as(std::string_view text, Value (*as)(const Value&)) {
  Parser parser(text);
  const Value read = parser.whole();
  return parser.checked(as(read.is_nil() && parser.too_large() ? Value::of_float(0) : read));
}

}  // namespace

std::string json_kind(const Value& value) {
  switch (value.kind()) {
    case Kind::boolean:
      return "bool";
    case Kind::string:
      return "string";
    case Kind::list:
      return "array";
    case Kind::map:
      return "object";
    default:
      return "number";
  }
}

Value from_json(std::string_view text) {
  Parser parser(text);
  return parser.checked(parser.whole());
}

Value map_from_json(std::string_view text) {
  return read_as(text, as_map);
}

Value list_from_json(std::string_view text) {
  return read_as(text, as_list);
}

Value as_map(const Value& value) {
  if (value.is_nil()) return Value(Map{MapType::any, {}, true});
  if (value.kind() != Kind::map) throw wrong_kind(value, "map[string]interface {}");
  return value;
}

Value as_list(const Value& value) {
  if (value.is_nil()) return Value(List{Element::any, {}, true});
  if (value.kind() != Kind::list) throw wrong_kind(value, "[]interface {}");
  return value;
}

}  // namespace gpuctl::chart
