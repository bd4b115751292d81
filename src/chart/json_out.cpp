#include "chart/json_out.hpp"

#include <cmath>

#include "chart/function.hpp"
#include "chart/number.hpp"
#include "chart/open_maps.hpp"
#include "util/base64.hpp"
#include "util/utf8.hpp"

namespace gpuctl::chart {

namespace {

void append_escape(std::string& out, char32_t code) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += hex[(code >> shift) & 0xf];
}

void append_ascii(std::string& out, char c, bool html) {
  constexpr std::string_view plain = "\"\\\b\f\n\r\t", letters = "\"\\bfnrt";
  if (const auto at = plain.find(c); at != plain.npos) {
    out += '\\';
    out += letters[at];
  } else if (static_cast<unsigned char>(c) < 0x20 || (html && (c == '<' || c == '>' || c == '&'))) {
    append_escape(out, static_cast<unsigned char>(c));
  } else {
    out += c;
  }
}

class Writer {
 public:
  Writer(std::string& out, JsonStyle style) : out_(out), style_(style) {}

  void value(const Value& value, int depth) {
    switch (value.kind()) {
      case Kind::nil:
        out_ += "null";
        return;
      case Kind::boolean:
        out_ += value.boolean() ? "true" : "false";
        return;
      case Kind::uint64:
        out_ += std::to_string(static_cast<std::uint64_t>(value.integer()));
        return;
      case Kind::float64:
        return number(value.float64());
      case Kind::string:
        return append_json_string(out_, value.string(), style_.html);
      case Kind::list:
        return list(value.list(), depth);
      case Kind::map:
        return map(*value.map(), depth);
      case Kind::object:
        return object(*value.object(), depth);
      default:
        out_ += std::to_string(value.integer());
    }
  }

 private:
  void number(double d) {
    if (std::isnan(d) || std::isinf(d)) throw CallError("json: unsupported value: " + print_float(d));
    out_ += json_float(d);
  }

  void object(const Object& object, int depth) {
    const auto held = object.json();
    if (!held) throw CallError("json: unsupported type: " + object.type());
    value(*held, depth + 1);
  }

  void line(int depth) {
    if (style_.indent.empty()) return;
    out_ += '\n';
    for (int i = 0; i < depth; ++i) out_ += style_.indent;
  }

  void list(const List& list, int depth) {
    if (list.nil) {
      out_ += "null";
      return;
    }
    if (list.element == Element::uint8) {
      out_ += '"' + util::base64_encode(bytes_of(list)) + '"';
      return;
    }
    out_ += '[';
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      if (i > 0) out_ += ',';
      line(depth + 1);
      value(list.items[i], depth + 1);
    }
    if (!list.items.empty()) line(depth);
    out_ += ']';
  }

  void map(const Map& map, int depth) {
    if (map.nil) {
      out_ += "null";
      return;
    }
    if (!open_.enter(map)) throw CallError("json: unsupported value: encountered a cycle via map[string]interface {}");
    out_ += '{';
    bool first = true;
    for (const auto& [key, held] : map.entries) {
      if (!first) out_ += ',';
      first = false;
      line(depth + 1);
      append_json_string(out_, key, style_.html);
      out_ += style_.indent.empty() ? ":" : ": ";
      value(held, depth + 1);
    }
    if (!first) line(depth);
    out_ += '}';
    open_.leave(map);
  }

  std::string& out_;
  JsonStyle style_;
  OpenMaps open_;
};

}  // namespace

void append_json_string(std::string& out, std::string_view text, bool html) {
  out += '"';
  while (!text.empty()) {
    if (static_cast<unsigned char>(text[0]) < 0x80) {
      append_ascii(out, text[0], html);
      text.remove_prefix(1);
      continue;
    }
    const auto symbol = util::first_symbol(text);
    if (!symbol.valid)
      out += "\\ufffd";
    else if (symbol.code == 0x2028 || symbol.code == 0x2029)
      append_escape(out, symbol.code);
    else
      out += text.substr(0, symbol.length);
    text.remove_prefix(symbol.length);
  }
  out += '"';
}

std::string bytes_of(const List& list) {
  if (list.bytes) return *list.bytes;
  std::string bytes;
  for (const Value& byte : list.items) bytes += static_cast<char>(byte.integer());
  return bytes;
}

std::string to_json(const Value& value, JsonStyle style) {
  std::string out;
  Writer(out, style).value(value, 0);
  return out;
}

}  // namespace gpuctl::chart
