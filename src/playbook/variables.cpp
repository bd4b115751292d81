#include "playbook/variables.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/params.hpp"
#include "core/visit.hpp"
#include "playbook/merge.hpp"
#include "playbook/template.hpp"
#include "playbook/wording.hpp"
#include "util/strings.hpp"
#include "yaml/parse.hpp"
#include "yaml/scalar.hpp"

namespace gpuctl::playbook {

namespace {

using core::Error;
using core::ErrorKind;
using core::Node;
using core::Where;

constexpr std::size_t longest_chain = 64;
constexpr const char* of_the_host = "host";

const Node* find_in(const Node::Mapping& mapping, const std::string& key) {
  for (const auto& entry : mapping)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

std::string first_name(const std::string& name) {
  return name.substr(0, name.find('.'));
}

void relocate(Node& node, const Where& where) {
  node.where = where;
  if (auto* list = std::get_if<Node::List>(&node.value))
    for (auto& item : *list) relocate(item, where);
  if (auto* mapping = std::get_if<Node::Mapping>(&node.value))
    for (auto& entry : *mapping) {
      entry.where = where;
      relocate(entry.value, where);
    }
}

/// What a variable is inside of a longer text.
std::string inserted(const std::string& name, const Node& value, const Where& where) {
  if (const auto* text = std::get_if<std::string>(&value.value)) return *text;
  if (const auto* flag = std::get_if<bool>(&value.value)) return *flag ? "true" : "false";
  if (!value.source.empty()) return value.source;
  throw Error(ErrorKind::invalid, fmt::format("${{{}}} is {}, and cannot stand inside of a text", name, found(value)),
              where);
}

Node setting(const std::string& name, const std::string& value) {
  const Where where{"--set " + name, 0, 0};
  const bool quoted = value.starts_with('"') || value.starts_with('\'');
  Node node = quoted ? yaml::parse(value, where.file) : yaml::plain_scalar(value);
  if (value.empty()) node.value = std::string();
  relocate(node, where);
  return node;
}

Node text_node(std::string text) {
  Node node;
  node.value = std::move(text);
  return node;
}

}  // namespace

void Variables::define(const Node& mapping) {
  const auto* entries = std::get_if<Node::Mapping>(&mapping.value);
  if (!entries)
    throw Error(ErrorKind::invalid, fmt::format("vars: expected a mapping, found {}", found(mapping)), mapping.where);
  for (const auto& entry : *entries) {
    if (!is_name(entry.key))
      throw Error(ErrorKind::invalid, fmt::format("\"{}\" cannot be the name of a variable", entry.key), entry.where,
                  "a name has letters, digits, _ and -, and begins with a letter or _");
    if (entry.key == of_the_host)
      throw Error(ErrorKind::invalid, "the variable \"host\" is gpuctl's own: host.name, host.node, host.address",
                  entry.where);
  }
  Node all;
  all.value = std::move(defined_);
  defined_ = std::get<Node::Mapping>(merged(std::move(all), mapping).value);
}

void Variables::set(const std::string& name, const std::string& value) {
  const auto parts = util::split(name, '.');
  const bool proper = std::all_of(parts.begin(), parts.end(), [](const auto& part) { return is_name(part); });
  if (!proper || parts[0] == of_the_host)
    throw Error(ErrorKind::usage, fmt::format("--set {}: \"{}\" cannot be the name of a variable", name, name));
  if (!find_in(defined_, parts[0])) settings_.insert(parts[0]);
  Node over = setting(name, value);
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    Node outer;
    outer.where = over.where;
    const Where where = over.where;
    outer.value = Node::Mapping{core::Entry{*part, where, std::move(over)}};
    over = std::move(outer);
  }
  define(over);
}

Variables Variables::with(const core::Host& host) const {
  Variables out;
  out.defined_ = defined_;
  out.settings_ = settings_;
  Node::Mapping about{{"name", {}, text_node(host.name)}, {"node", {}, text_node(host.node)}};
  if (!host.address.empty()) about.push_back({"address", {}, text_node(host.address)});
  Node mapping;
  mapping.value = std::move(about);
  out.defined_.push_back({of_the_host, {}, std::move(mapping)});
  return out;
}

Node Variables::resolve(const Node& node, int depth) {
  if (const auto* text = std::get_if<std::string>(&node.value))
    return text->find('$') == std::string::npos ? node : resolve_text(node, *text, depth);
  Node out;
  out.where = node.where;
  if (const auto* list = std::get_if<Node::List>(&node.value)) {
    auto& items = out.value.emplace<Node::List>();
    for (const auto& item : *list) items.push_back(resolve(item, depth + 1));
    return out;
  }
  if (const auto* mapping = std::get_if<Node::Mapping>(&node.value)) {
    auto& entries = out.value.emplace<Node::Mapping>();
    std::set<std::string> keys;
    for (const auto& entry : *mapping) {
      const std::string key = resolve_key(entry, depth + 1);
      if (!keys.insert(key).second)
        throw Error(ErrorKind::invalid, fmt::format("duplicate key \"{}\", once its variables are replaced", key),
                    entry.where);
      entries.push_back({key, entry.where, resolve(entry.value, depth + 1)});
    }
    return out;
  }
  return node;
}

std::string Variables::resolve_key(const core::Entry& entry, int depth) {
  if (entry.key.find('$') == std::string::npos) return entry.key;
  Node node = text_node(entry.key);
  node.where = entry.where;
  const Node out = resolve_text(node, entry.key, depth);
  return inserted(entry.key, out, entry.where);
}

Node Variables::resolve_text(const Node& node, const std::string& written, int depth) {
  const auto parts = split_template(written, node.where);
  if (parts.size() == 1 && parts[0].variable) return use(parts[0].text, node.where, depth);
  std::string out;
  for (const auto& part : parts)
    out += part.variable ? inserted(part.text, use(part.text, node.where, depth), node.where) : part.text;
  Node whole = text_node(std::move(out));
  whole.where = node.where;
  return whole;
}

Node Variables::use(const std::string& name, const Where& where, int depth) {
  Node copy = value(name, where);
  note(name, copy, where);
  spend(copy, depth, where);
  relocate(copy, where);
  return copy;
}

const Node& Variables::value(const std::string& name, const Where& where) {
  used_.insert(first_name(name));
  if (const auto done = resolved_.find(name); done != resolved_.end()) return done->second;
  if (std::find(resolving_.begin(), resolving_.end(), name) != resolving_.end()) fail_circle(name, where);
  if (resolving_.size() >= longest_chain)
    throw Error(ErrorKind::invalid, fmt::format("variables use each other over {} deep", longest_chain), where);
  resolving_.push_back(name);
  const auto [found, resolved] = find(name, where);
  Node node = resolved ? *found : resolve(*found, 0);
  resolving_.pop_back();
  return resolved_[name] = std::move(node);
}

std::pair<const Node*, bool> Variables::find(const std::string& name, const Where& where) {
  const auto parts = util::split(name, '.');
  const Node* node = find_in(defined_, parts[0]);
  if (!node) fail_undefined(name, defined_, where);
  bool resolved = false;
  std::string so_far = parts[0];
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const bool by_variable = !resolved && std::holds_alternative<std::string>(node->value);
    if (by_variable) {  // `a: ${b}`, and a.c is asked for
      node = &value(so_far, where);
      resolved = true;
    }
    const auto* mapping = std::get_if<Node::Mapping>(&node->value);
    if (!mapping)
      throw Error(ErrorKind::invalid, fmt::format("${{{}}}: {} is {}, not a mapping", name, so_far, core::found(*node)),
                  where);
    const Node* below = find_in(*mapping, parts[i]);
    if (!below) fail_undefined(name, *mapping, where);
    node = below;
    so_far += "." + parts[i];
  }
  return {node, resolved};
}

void Variables::fail_undefined(const std::string& name, const Node::Mapping& among, const Where& where) const {
  const auto dot = &among == &defined_ ? std::string::npos : name.rfind('.');
  const std::string prefix = dot == std::string::npos ? "" : name.substr(0, dot + 1);
  std::vector<std::string> names;
  for (const auto& entry : among) names.push_back(prefix + entry.key);
  std::string hint = nearest_of(name, names, "known variables:");
  if (first_name(name) == of_the_host)
    hint = find_in(defined_, of_the_host) ? "known: host.name, host.node, and host.address where the host has one"
                                          : "a host's variables are known in the parameters of steps";
  throw Error(ErrorKind::invalid, fmt::format("undefined variable ${{{}}}", name), where, std::move(hint));
}

void Variables::fail_circle(const std::string& name, const Where& where) const {
  const auto begin = std::find(resolving_.begin(), resolving_.end(), name);
  std::vector<std::string> circle(begin, resolving_.end());
  circle.push_back(name);
  throw Error(ErrorKind::invalid, fmt::format("variables go round in a circle: {}", util::join(circle, " -> ")), where);
}

void Variables::note(const std::string& name, const Node& value, const Where& place) {
  if (value.where.file.empty()) return;
  auto& lines = origins_[place.text()];
  const auto add = [&](const std::string& line) {
    if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
  };
  add(fmt::format("${{{}}} is {} {}", name, value.where.line == 0 ? "given by" : "defined at", value.where.text()));
  for (const auto& line : origins(value.where)) add(line);
}

std::vector<std::string> Variables::origins(const Where& place) const {
  const auto found = origins_.find(place.text());
  return found == origins_.end() ? std::vector<std::string>() : found->second;
}

void Variables::spend(const Node& node, int depth, const Where& where) {
  const yaml::Size size = yaml::size_of(node);
  spent_.values += size.values;
  spent_.bytes += size.bytes;
  if (spent_.values > yaml::most_values || spent_.bytes > yaml::most_bytes)
    throw Error(ErrorKind::invalid,
                fmt::format("too large: over {} values or {} MiB once the variables are replaced", yaml::most_values,
                            yaml::most_bytes >> 20),
                where);
  if (depth + size.depth > yaml::most_levels)
    throw Error(ErrorKind::invalid, fmt::format("nested too deeply: over {} levels", yaml::most_levels), where);
}

void Variables::require_settings(const std::set<std::string>& used) const {
  std::vector<std::string> names;
  for (const auto& entry : defined_)
    if (!settings_.contains(entry.key)) names.push_back(entry.key);
  for (const auto& name : settings_)
    if (!used.contains(name))
      throw Error(ErrorKind::usage, fmt::format("--set {}: the playbook has no such variable", name), {},
                  nearest_of(name, names, "its variables:"));
}

}  // namespace gpuctl::playbook
