#include "core/params.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/visit.hpp"
#include "util/strings.hpp"

namespace gpuctl::core {

namespace {

constexpr const char* duration_words = "a duration such as 90s, 10m or 1h30m";
constexpr const char* size_words = "a size such as 12288MiB or 12GiB";

std::string quoted(std::string_view text) {
  constexpr std::size_t shown = 60;
  if (text.size() <= shown) return fmt::format("\"{}\"", text);
  std::size_t cut = shown;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;  // not inside of a character
  return fmt::format("\"{}…\"", text.substr(0, cut));
}

/// The text that a scalar stands for where a string is wanted; nothing for anything else.
std::optional<std::string> as_text(const Node& node) {
  if (const auto* text = std::get_if<std::string>(&node.value)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&node.value))
    return node.source.empty() ? std::to_string(*whole) : node.source;
  if (std::holds_alternative<double>(node.value) && !node.source.empty()) return node.source;
  return std::nullopt;
}

std::string text_hint(const Node& node) {
  if (const auto* flag = std::get_if<bool>(&node.value))
    return fmt::format("write \"{}\" in quotes to mean the word", *flag ? "true" : "false");
  return {};
}

std::string nearest_hint(const std::string& word, const std::vector<std::string>& names, const char* known) {
  const std::string near = util::nearest(word, names);
  if (!near.empty()) return fmt::format("did you mean {}?", quoted(near));
  if (names.empty()) return {};
  return fmt::format("{} {}", known, util::join(names, ", "));
}

}  // namespace

std::string found(const Node& node) {
  return std::visit(Overload{
                        [&](const std::string& text) { return quoted(text); },
                        [&](bool flag) { return std::string(flag ? "true" : "false"); },
                        [&](std::int64_t) { return node.source; },
                        [&](double) { return node.source; },
                        [&](const auto&) { return node.kind_name(); },
                    },
                    node.value);
}

Params::Params(const Node& node, std::string what, const Host& host, Source& source)
    : node_(node), what_(std::move(what)), host_(host), source_(source) {
  const bool fits =
      std::holds_alternative<Node::Mapping>(node.value) || std::holds_alternative<std::monostate>(node.value);
  if (!fits)
    throw Error(ErrorKind::invalid, fmt::format("{}: expected a mapping, found {}", what_, found(node)), node.where);
}

const Node* Params::node(const std::string& key) {
  known_.insert(key);
  return node_.find(key);
}

bool Params::has(const std::string& key) {
  return node(key) != nullptr;
}

const Node& Params::need(const std::string& key, const char* expected) {
  if (const Node* found = node(key)) return *found;
  // A required key that is missing was perhaps only misspelled: say that, at its place.
  if (const auto* mapping = std::get_if<Node::Mapping>(&node_.value)) {
    const std::vector<std::string> wanted{key};
    for (const auto& entry : *mapping)
      if (!known_.contains(entry.key) && !util::nearest(entry.key, wanted).empty()) fail_unknown(entry);
  }
  throw Error(ErrorKind::invalid, fmt::format("{}: {} is missing, expected {}", what_, quoted(key), expected),
              node_.where);
}

void Params::fail_type(const std::string& key, const Node& node, const std::string& expected, std::string hint) const {
  fail(key, fmt::format("expected {}, found {}", expected, found(node)), std::move(hint));
}

std::string Params::text(const std::string& key) {
  const Node& node = need(key, "a string");
  if (auto text = as_text(node)) return *text;
  fail_type(key, node, "a string", text_hint(node));
}

std::string Params::text(const std::string& key, std::string fallback) {
  return has(key) ? text(key) : std::move(fallback);
}

bool Params::flag(const std::string& key, bool fallback) {
  const Node* found = node(key);
  if (!found) return fallback;
  if (const auto* flag = std::get_if<bool>(&found->value)) return *flag;
  fail_type(key, *found, "true or false");
}

std::int64_t Params::integer(const std::string& key, std::int64_t fallback) {
  const Node* found = node(key);
  if (!found) return fallback;
  if (const auto* number = std::get_if<std::int64_t>(&found->value)) return *number;
  fail_type(key, *found, "a whole number");
}

std::vector<std::string> Params::texts(const std::string& key) {
  const Node* found = node(key);
  if (!found) return {};
  const auto* list = std::get_if<Node::List>(&found->value);
  if (!list) {
    const auto one = as_text(*found);
    fail_type(key, *found, "a list of strings", one ? fmt::format("write it as a list: [{}]", quoted(*one)) : "");
  }
  std::vector<std::string> out;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Node& item = (*list)[i];
    auto text = as_text(item);
    if (!text)
      throw Error(ErrorKind::invalid,
                  fmt::format("{}.{}[{}]: expected a string, found {}", what_, key, i, core::found(item)), item.where,
                  text_hint(item));
    out.push_back(std::move(*text));
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> Params::pairs(const std::string& key) {
  const Node* found = node(key);
  if (!found) return {};
  const auto* mapping = std::get_if<Node::Mapping>(&found->value);
  if (!mapping) fail_type(key, *found, "a mapping of strings");
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& entry : *mapping) {
    auto text = as_text(entry.value);
    if (!text)
      throw Error(ErrorKind::invalid,
                  fmt::format("{}.{}.{}: expected a string, found {}", what_, key, entry.key, core::found(entry.value)),
                  entry.value.where, text_hint(entry.value));
    out.emplace_back(entry.key, std::move(*text));
  }
  return out;
}

std::chrono::milliseconds Params::duration(const std::string& key, std::chrono::milliseconds fallback) {
  const Node* found = node(key);
  if (!found) return fallback;
  const auto text = as_text(*found);
  if (const auto parsed = text ? parse_duration(*text) : std::nullopt) return *parsed;
  fail_type(key, *found, duration_words);
}

std::int64_t Params::bytes(const std::string& key, std::int64_t fallback) {
  const Node* found = node(key);
  if (!found) return fallback;
  const auto text = as_text(*found);
  if (const auto parsed = text ? parse_bytes(*text) : std::nullopt) return *parsed;
  fail_type(key, *found, size_words);
}

std::string Params::one_of(const std::string& key, const std::vector<std::string>& allowed,
                           const std::string& fallback) {
  const Node* found = node(key);
  if (!found) return fallback;
  const auto text = as_text(*found);
  if (text && std::find(allowed.begin(), allowed.end(), *text) != allowed.end()) return *text;
  const std::string near = text ? util::nearest(*text, allowed) : "";
  fail_type(key, *found, fmt::format("one of {}", util::join(allowed, ", ")),
            near.empty() ? "" : fmt::format("did you mean {}?", quoted(near)));
}

Params Params::mapping(const std::string& key) {
  return Params(need(key, "a mapping"), fmt::format("{}.{}", what_, key), host_, source_);
}

Where Params::where(const std::string& key) const {
  const Node* found = node_.find(key);
  return found ? found->where : node_.where;
}

void Params::fail_unknown(const Entry& entry) const {
  const std::vector<std::string> names(known_.begin(), known_.end());
  throw Error(ErrorKind::invalid, fmt::format("{}: unknown key {}", what_, quoted(entry.key)), entry.where,
              nearest_hint(entry.key, names, "known keys:"));
}

void Params::done() const {
  const auto* mapping = std::get_if<Node::Mapping>(&node_.value);
  if (!mapping) return;
  for (const auto& entry : *mapping)
    if (!known_.contains(entry.key)) fail_unknown(entry);
}

void Params::fail(const std::string& key, const std::string& message, std::string hint) const {
  throw Error(ErrorKind::invalid, fmt::format("{}.{}: {}", what_, key, message), where(key), std::move(hint));
}

namespace {

struct Scale {
  std::string_view name;
  std::int64_t factor;
};

/// Digits at the front of `text`, at most nine, taken off it.
std::optional<std::int64_t> take_number(std::string_view& text) {
  std::size_t n = 0;
  std::int64_t value = 0;
  while (n < text.size() && text[n] >= '0' && text[n] <= '9') {
    if (n == 9) return std::nullopt;
    value = value * 10 + (text[n++] - '0');
  }
  if (n == 0) return std::nullopt;
  text.remove_prefix(n);
  return value;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(const std::string& text) {
  static constexpr Scale units[] = {{"h", 3600000}, {"ms", 1}, {"m", 60000}, {"s", 1000}};  // ms is looked for before m
  std::string_view rest = text;
  std::int64_t total = 0;
  std::int64_t last = INT64_MAX;  // units only ever get smaller: 1h30m, not 30m1h
  do {
    const auto number = take_number(rest);
    const auto* unit =
        std::find_if(std::begin(units), std::end(units), [&](const Scale& u) { return rest.starts_with(u.name); });
    if (!number || unit == std::end(units) || unit->factor >= last) return std::nullopt;
    total += *number * unit->factor;
    last = unit->factor;
    rest.remove_prefix(unit->name.size());
  } while (!rest.empty());
  return std::chrono::milliseconds(total);
}

std::optional<std::int64_t> parse_bytes(const std::string& text) {
  static constexpr Scale units[] = {
      {"B", 1}, {"KiB", std::int64_t{1} << 10}, {"MiB", std::int64_t{1} << 20}, {"GiB", std::int64_t{1} << 30}};
  std::string_view rest = text;
  const auto number = take_number(rest);
  const auto* unit = std::find_if(std::begin(units), std::end(units), [&](const Scale& u) { return rest == u.name; });
  if (!number || unit == std::end(units)) return std::nullopt;
  return *number * unit->factor;
}

}  // namespace gpuctl::core
