#include <cmath>

#include "chart/function.hpp"
#include "chart/go/number.hpp"
#include "chart/go/printer.hpp"
#include "chart/go/type_name.hpp"
#include "chart/go/unicode.hpp"

namespace gpuctl::chart::go {

namespace {

/// Deeper than any values are: a map that holds itself, which Go's program would die of.
constexpr int deepest_print = 2000;

std::string bytes_of(const List& list) {
  if (list.bytes) return *list.bytes;
  std::string text;
  for (const Value& byte : list.items) text += static_cast<char>(byte.integer());
  return text;
}

/// Counts how deep a value is.
class Deeper {
 public:
  explicit Deeper(int& depth) : depth_(depth) {
    if (depth_ >= deepest_print) throw CallError("a value that holds itself, or is nested more than 2000 deep");
    ++depth_;
  }
  ~Deeper() { --depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  int& depth_;
};

bool is_signed(Kind kind) {
  return kind != Kind::uint8 && kind != Kind::uint64;
}

}  // namespace

void Printer::bad_verb(const Value& value, char32_t verb) {
  erring_ = true;
  out += "%!";
  append_rune(out, verb);
  out += '(';
  if (value.is_nil()) {
    out += "<nil>";
  } else {
    write(type_name(value));
    out += '=';
    this->value(value, 'v');
  }
  out += ')';
  erring_ = false;
}

void Printer::value(const Value& value, char32_t verb) {
  if (value.is_nil()) {
    if (verb == 'T' || verb == 'v') return pad("<nil>");
    return bad_verb(value, verb);
  }
  if (verb == 'T') return string(type_name(value));
  if (verb == 'p') return pointer(value, verb);
  if (value.kind() == Kind::list && value.list().element == Element::uint8) return bytes(value, verb, "[]byte");
  if (verb == 'w' && !erring_ && (value.kind() == Kind::list || value.kind() == Kind::map))
    return bad_verb(value, verb);
  nested(value, verb, false);
}

void Printer::nested(const Value& value, char32_t verb, bool in_interface) {
  switch (value.kind()) {
    case Kind::nil:
      return write(in_interface && flags.sharp_v ? "interface {}(nil)" : "<nil>");
    case Kind::boolean:
      return boolean(value, verb);
    case Kind::integer:
    case Kind::int64:
    case Kind::int32:
    case Kind::uint8:
    case Kind::uint64:
      return integer(value, verb);
    case Kind::float64:
      return floating(value, verb);
    case Kind::string:
      return text(value, value.string(), verb);
    case Kind::list:
      return list(value, verb);
    case Kind::map:
      return map(value, verb);
    case Kind::object:
      return object(value, verb);
  }
}

void Printer::boolean(const Value& value, char32_t verb) {
  if (verb != 't' && verb != 'v') return bad_verb(value, verb);
  pad(value.boolean() ? "true" : "false");
}

void Printer::integer(const Value& value, char32_t verb) {
  const auto number = static_cast<std::uint64_t>(value.integer());
  const bool with_sign = is_signed(value.kind());
  switch (verb) {
    case 'v':
      if (flags.sharp_v && !with_sign) return hex(number, true);
      return digits(number, 10, with_sign, verb);
    case 'd':
      return digits(number, 10, with_sign, verb);
    case 'b':
      return digits(number, 2, with_sign, verb);
    case 'o':
    case 'O':
      return digits(number, 8, with_sign, verb);
    case 'x':
    case 'X':
      return digits(number, 16, with_sign, verb, verb == 'X');
    case 'c':
      return character(number);
    case 'q':
      return quoted_character(number);
    case 'U':
      return unicode(number);
    default:
      return bad_verb(value, verb);
  }
}

void Printer::floating(const Value& value, char32_t verb) {
  const double number = value.float64();
  switch (verb) {
    case 'v':
      return decimal(number, 'g', -1);
    case 'b':
    case 'g':
    case 'G':
    case 'x':
    case 'X':
      return decimal(number, static_cast<char>(verb), -1);
    case 'f':
    case 'e':
    case 'E':
      return decimal(number, static_cast<char>(verb), 6);
    case 'F':
      return decimal(number, 'f', 6);
    default:
      return bad_verb(value, verb);
  }
}

void Printer::text(const Value& whole, std::string_view text, char32_t verb) {
  switch (verb) {
    case 'v':
      return flags.sharp_v ? quoted(text) : string(text);
    case 's':
      return string(text);
    case 'x':
    case 'X':
      return hex_text(text, verb == 'X');
    case 'q':
      return quoted(text);
    default:
      return bad_verb(whole, verb);
  }
}

void Printer::bytes(const Value& value, char32_t verb, const char* type) {
  const List& list = value.list();
  switch (verb) {
    case 'v':
    case 'd':
      if (!flags.sharp_v) return this->list(value, verb);
      out += type;
      if (list.nil) return write("(nil)");
      out += '{';
      for (bool first = true; const char byte : bytes_of(list)) {
        if (!first) out += ", ";
        first = false;
        hex(static_cast<unsigned char>(byte), true);
      }
      return write("}");
    case 's':
      return string(bytes_of(list));
    case 'x':
    case 'X':
      return hex_text(bytes_of(list), verb == 'X');
    case 'q':
      return quoted(bytes_of(list));
    default:
      return this->list(value, verb);
  }
}

void Printer::list(const Value& value, char32_t verb) {
  const Deeper deeper(depth_);
  const List& list = value.list();
  if (list.element == Element::uint8 && (verb == 's' || verb == 'q' || verb == 'x' || verb == 'X'))
    return bytes(value, verb, "[]uint8");
  if (flags.sharp_v) {
    write(type_name(value));
    if (list.nil) return write("(nil)");
  }
  out += flags.sharp_v ? '{' : '[';
  bool first = true;
  const auto item = [&](const Value& held) {
    if (!first) write(flags.sharp_v ? ", " : " ");
    first = false;
    nested(held, verb, list.element == Element::any);
  };
  if (list.bytes)
    for (const char byte : *list.bytes) item(Value::of(Kind::uint8, static_cast<unsigned char>(byte)));
  for (const Value& held : list.items) item(held);
  out += flags.sharp_v ? '}' : ']';
}

void Printer::map(const Value& value, char32_t verb) {
  const Deeper deeper(depth_);
  const Map& map = *value.map();
  if (flags.sharp_v) {
    write(type_name(value));
    if (map.nil) return write("(nil)");
  }
  write(flags.sharp_v ? "{" : "map[");
  bool first = true;
  for (const auto& [key, held] : map.entries) {
    if (!first) write(flags.sharp_v ? ", " : " ");
    first = false;
    text(Value(key), key, verb);
    out += ':';
    nested(held, verb, map.type != MapType::string);
  }
  out += flags.sharp_v ? '}' : ']';
}

void Printer::object(const Value& value, char32_t verb) {
  const Object& object = *value.object();
  const bool as_text = verb == 'v' || verb == 's' || verb == 'q' || verb == 'x' || verb == 'X';
  if (as_text && !flags.sharp_v && !erring_) {
    const std::string text = object.text();
    return verb == 'v' ? pad(truncated(text)) : this->text(value, text, verb);
  }
  if (object.number()) return named_integer(value, verb);
  if (const auto fields = object.inside(); !fields.empty()) return inside(object, fields, verb);
  if (verb == 'v') return pad(truncated(flags.sharp_v ? object.source() : object.text()));
  text(value, object.text(), verb);
}

/// A number that has a name, where no text is asked for.
void Printer::named_integer(const Value& value, char32_t verb) {
  if (std::u32string_view(U"vdboOxXcqU").find(verb) == std::u32string_view::npos) return bad_verb(value, verb);
  integer(Value::of_int(*value.object()->number()), verb);
}

void Printer::inside(const Object& object, const std::vector<std::pair<std::string, Value>>& fields, char32_t verb) {
  const Deeper deeper(depth_);
  const bool pointer = object.kind() == "ptr";
  if (pointer) out += '&';
  if (flags.sharp_v) out += std::string(object.type()).substr(pointer ? 1 : 0);
  out += '{';
  for (bool first = true; const auto& [name, held] : fields) {
    if (!first) write(flags.sharp_v ? ", " : " ");
    first = false;
    if (flags.sharp_v) out += name + ':';
    nested(held, verb, false);
  }
  out += '}';
}

void Printer::pointer(const Value& value, char32_t verb) {
  std::uint64_t address = 0;
  if (value.kind() == Kind::list && !value.list().nil)
    address = reinterpret_cast<std::uintptr_t>(&value.list());
  else if (value.kind() == Kind::map && !value.map()->nil)
    address = reinterpret_cast<std::uintptr_t>(value.map().get());
  else if (value.kind() == Kind::object)
    address = reinterpret_cast<std::uintptr_t>(value.object().get());
  else if (value.kind() != Kind::list && value.kind() != Kind::map)
    return bad_verb(value, verb);
  hex(address, !flags.sharp);
}

}  // namespace gpuctl::chart::go
