#include "chart/toml_out.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "chart/function.hpp"
#include "chart/functions/time_object.hpp"
#include "chart/go/layout.hpp"
#include "chart/number.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::size_t deepest_key = 1000;

std::string quoted(std::string_view text) {
  constexpr std::string_view plain = "\"\\\b\t\n\f\r", letters = "\"\\btnfr";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (const auto at = plain.find(c); at != plain.npos) {
      out += '\\';
      out += letters[at];
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += "0123456789abcdef"[byte >> 4];
      out += "0123456789abcdef"[byte & 0xf];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

/// Without a zone where it was read without one.
std::string time_text(const go::Moment& moment) {
  const auto& zone = moment.zone->name;
  return go::format_time(moment, zone == "datetime-local" ? "2006-01-02T15:04:05.999999999"
                                 : zone == "date-local"   ? "2006-01-02"
                                 : zone == "time-local"   ? "15:04:05.999999999"
                                                          : "2006-01-02T15:04:05.999999999Z07:00");
}

/// An object as what it is encoded as.
Value plain(const Value& value) {
  if (value.kind() != Kind::object) return value;
  const auto held = value.object()->json();
  if (!held) throw CallError("unsupported type: " + value.object()->kind());
  return *held;
}

bool is_nil(const Value& value) {
  if (value.kind() == Kind::map) return value.map()->nil;
  if (value.kind() == Kind::list) return value.list().nil;
  return value.is_nil();
}

bool is_array_of_tables(const Value& value) {
  if (value.kind() != Kind::list || is_nil(value) || value.list().items.empty()) return false;
  bool all = true;
  for (const Value& item : value.list().items) {
    if (is_nil(item)) throw CallError("toml: cannot encode array with nil element");
    const Value held = plain(item);
    if (held.kind() == Kind::list) is_array_of_tables(held);  // which may hold nil in its turn
    all = held.kind() == Kind::map && all;
  }
  return all;
}

bool is_table(const Value& value) {
  return !is_nil(value) && (plain(value).kind() == Kind::map || is_array_of_tables(value));
}

class Encoder {
 public:
  std::string out;

  using Key = std::vector<std::string>;

  void encode(const Key& key, const Value& held) {
    const Value value = plain(held);
    if (key.size() > deepest_key) throw CallError("toml: the value is nested too deep");
    if (value.kind() == Kind::map) {
      if (!value.map()->nil) table(key, *value.map());
    } else if (is_array_of_tables(value)) {
      array_of_tables(key, value.list());
    } else {
      key_and_value(key, held, false);
    }
  }

 private:
  void new_line() {
    if (!out.empty()) out += '\n';
  }

  void indent(const Key& key) { out.append((key.size() - 1) * 2, ' '); }

  static std::string joined(const Key& key) {
    std::string text;
    for (const std::string& part : key) text += (text.empty() ? "" : ".") + toml_key(part);
    return text;
  }

  void table(const Key& key, const Map& map) {
    if (key.size() == 1) new_line();
    if (!key.empty()) {
      indent(key);
      out += "[" + joined(key) + "]";
      new_line();
    }
    entries(key, map, false);
  }

  void array_of_tables(const Key& key, const List& list) {
    if (key.empty()) throw CallError("toml: top-level values must be Go maps or structs");
    for (const Value& item : list.items) {
      new_line();
      indent(key);
      out += "[[" + joined(key) + "]]";
      new_line();
      entries(key, *plain(item).map(), false);
    }
  }

  void entries(const Key& key, const Map& map, bool in_line) {
    std::vector<const std::pair<const std::string, Value>*> direct, tables;
    for (const auto& entry : map.entries) (is_table(entry.second) ? tables : direct).push_back(&entry);
    if (in_line) out += '{';
    write(key, direct, in_line, !tables.empty());
    write(key, tables, in_line, false);
    if (in_line) out += '}';
  }

  void write(const Key& key, const std::vector<const std::pair<const std::string, Value>*>& entries, bool in_line,
             bool more) {
    for (const auto* entry : entries) {
      if (is_nil(entry->second)) continue;
      if (in_line) {
        key_and_value({entry->first}, entry->second, true);
        if (more || entry != entries.back()) out += ", ";
        continue;
      }
      Key inner = key;
      inner.push_back(entry->first);
      encode(inner, entry->second);
    }
  }

  void key_and_value(const Key& key, const Value& value, bool in_line) {
    if (key.empty()) return element(value);
    indent(key);
    out += toml_key(key.back()) + " = ";
    element(value);
    if (!in_line) new_line();
  }

  void element(const Value& held) {
    const Value value = plain(held);
    switch (value.kind()) {
      case Kind::nil:
        throw CallError("reflect: call of reflect.Value.Interface on zero Value");
      case Kind::boolean:
        out += value.boolean() ? "true" : "false";
        return;
      case Kind::string:
        out += as_time(held) ? time_text(*as_time(held)) : quoted(value.string());
        return;
      case Kind::float64:
        return number(value.float64());
      case Kind::list:
        return list(value.list());
      case Kind::map:
        return entries({}, *value.map(), true);
      case Kind::uint64:
        out += std::to_string(static_cast<std::uint64_t>(value.integer()));
        return;
      default:
        out += std::to_string(value.integer());
    }
  }

  void number(double number) {
    if (std::isnan(number) || std::isinf(number)) {
      out += std::signbit(number) ? "-" : "";
      out += std::isnan(number) ? "nan" : "inf";
      return;
    }
    const std::string text = print_float(number);
    out += text.find_first_of("e.") == text.npos ? text + ".0" : text;
  }

  void list(const List& list) {
    out += '[';
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      if (i > 0) out += ", ";
      element(list.items[i]);
    }
    out += ']';
  }
};

}  // namespace

std::string toml_key(const std::string& key) {
  const auto bare = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !key.empty() && std::all_of(key.begin(), key.end(), bare) ? key : quoted(key);
}

std::string to_toml(const Value& value) {
  Encoder encoder;
  encoder.encode({}, value);
  return encoder.out;
}

}  // namespace gpuctl::chart
