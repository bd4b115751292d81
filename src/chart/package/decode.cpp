#include "chart/package/decode.hpp"

#include <fmt/core.h>

#include "chart/json_in.hpp"
#include "chart/number.hpp"
#include "chart/yaml_in.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::string_view reading = "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ";

[[noreturn]] void fail_decoding(std::string why) {
  throw core::Error(core::ErrorKind::invalid, std::move(why));
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// A number as sigs.k8s.io/yaml makes a text of it: an integer in full, another with the digits of a float32.
std::string number_text(const Value& value) {
  if (value.kind() == Kind::uint64) return fmt::format("{}", static_cast<std::uint64_t>(value.integer()));
  if (value.is_integer()) return fmt::format("{}", value.integer());
  return print_float(static_cast<float>(value.float64()));
}

}  // namespace

bool names_field(std::string_view key, std::string_view field) {
  if (key.size() != field.size()) return false;
  for (std::size_t i = 0; i < key.size(); ++i)
    if (lower(key[i]) != lower(field[i])) return false;
  return true;
}

Fields::Fields(const Value& value, const std::string& type, std::string path)
    : type_(type.substr(type.find('.') + 1)), path_(std::move(path)) {
  if (value.is_nil()) {
    map_ = std::make_shared<Map>();
  } else if (value.kind() == Kind::map) {
    map_ = value.map();
  } else {
    const auto go_type = type == type_ ? "v2." + type : type;
    fail_decoding(fmt::format("{}{} into Go value of type {}", reading, json_kind(value), go_type));
  }
}

std::string Fields::path_of(std::string_view name) const {
  return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

void Fields::wrong(const Value& value, std::string_view name, std::string_view go_type) const {
  fail_decoding(fmt::format("{}{} into Go struct field {}.{} of type {}", reading, json_kind(value), type_,
                            path_of(name), go_type));
}

template <class Take>
void Fields::each(std::string_view name, const Take& take) const {
  for (const auto& [key, value] : map_->entries)
    if (names_field(key, name) && !value.is_nil()) take(value);
}

std::string Fields::text(const Value& value, std::string_view name) const {
  if (value.is_nil()) return "";
  if (value.kind() == Kind::string) return value.string();
  if (value.kind() == Kind::boolean) return value.boolean() ? "true" : "false";
  if (value.is_number()) return number_text(value);
  wrong(value, name, "string");
}

void Fields::read(std::string_view name, std::string& out) const {
  each(name, [&](const Value& value) { out = text(value, name); });
}

void Fields::read(std::string_view name, bool& out) const {
  each(name, [&](const Value& value) {
    if (value.kind() != Kind::boolean) wrong(value, name, "bool");
    out = value.boolean();
  });
}

void Fields::read(std::string_view name, std::vector<std::string>& out) const {
  each(name, [&](const Value& value) {
    if (value.kind() != Kind::list) wrong(value, name, "[]string");
    out.clear();
    for (const auto& item : value.list().items) out.push_back(text(item, name));
  });
}

void Fields::read(std::string_view name, std::optional<std::map<std::string, std::string>>& out) const {
  each(name, [&](const Value& value) {
    if (value.kind() != Kind::map) wrong(value, name, "map[string]string");
    if (!out) out.emplace();
    for (const auto& [key, item] : value.map()->entries) (*out)[key] = text(item, name);
  });
}

void Fields::read(std::string_view name, std::vector<Value>& out) const {
  each(name, [&](const Value& value) {
    if (value.kind() != Kind::list) wrong(value, name, "[]interface {}");
    out = numbers_as_floats(value).list().items;
  });
}

const List* Fields::list(std::string_view name, std::string_view go_type) const {
  const List* out = nullptr;
  each(name, [&](const Value& value) {
    if (value.kind() != Kind::list) wrong(value, name, go_type);
    out = &value.list();
  });
  return out;
}

std::optional<Value> Fields::part(std::string_view name, std::string_view go_type) const {
  std::optional<Value> out;
  each(name, [&](const Value& value) {
    if (value.kind() != Kind::map) wrong(value, name, go_type);
    out = value;
  });
  return out;
}

}  // namespace gpuctl::chart
