#include "playbook/merge.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/params.hpp"
#include "playbook/entry.hpp"
#include "playbook/wording.hpp"

namespace gpuctl::playbook {

namespace {

using core::Error;
using core::ErrorKind;
using core::Node;

core::Entry* entry_of(Node::Mapping& mapping, const std::string& key) {
  const auto found = std::find_if(mapping.begin(), mapping.end(), [&](const auto& entry) { return entry.key == key; });
  return found == mapping.end() ? nullptr : &*found;
}

bool is_nothing(const Node& node) {
  return std::holds_alternative<std::monostate>(node.value);
}

Node* step_named(Node::List& steps, const std::string& name) {
  for (auto& step : steps)
    if (read_entry(step).name == name) return &step;
  return nullptr;
}

[[noreturn]] void fail_unknown_step(const Entry& over, const Node::List& steps) {
  std::vector<std::string> names;
  for (const auto& step : steps) names.push_back(read_entry(step).name);
  throw Error(ErrorKind::invalid, fmt::format("the playbook has no step \"{}\" to lay this over", over.name),
              over.where, nearest_of(over.name, names, "its steps:"));
}

void merge_step(Node& step, const Entry& over) {
  const Entry base = read_entry(step);
  if (base.kind != over.kind)
    throw Error(ErrorKind::invalid, fmt::format("step \"{}\" is of kind {} here", over.name, over.kind), over.where,
                fmt::format("its kind is {} at {}", base.kind, base.where.text()));
  if (is_nothing(*over.params) || is_nothing(*base.params)) {
    // A kind without parameters: whichever of the two says something is meant.
    Node kept = is_nothing(*over.params) ? *base.params : *over.params;
    step = merged(std::move(step), *over.node);
    auto& mapping = std::get<Node::Mapping>(step.value);
    if (auto* entry = entry_of(mapping, over.kind))
      entry->value = std::move(kept);
    else
      mapping.push_back({over.kind, over.where, std::move(kept)});
    return;
  }
  step = merged(std::move(step), *over.node);
}

void merge_steps(Node& steps, const Node& over) {
  auto* list = std::get_if<Node::List>(&steps.value);
  const auto* over_list = std::get_if<Node::List>(&over.value);
  if (!list)
    throw Error(ErrorKind::invalid, fmt::format("steps: expected a list, found {}", found(steps)), steps.where);
  if (!over_list)
    throw Error(ErrorKind::invalid, fmt::format("steps: expected a list, found {}", found(over)), over.where);
  for (const auto& item : *over_list) {
    const Entry entry = read_entry(item);
    Node* step = step_named(*list, entry.name);
    if (!step) fail_unknown_step(entry, *list);
    merge_step(*step, entry);
  }
}

}  // namespace

Node merged(Node base, const Node& over) {
  auto* into = std::get_if<Node::Mapping>(&base.value);
  const auto* from = std::get_if<Node::Mapping>(&over.value);
  if (!into || !from) return over;
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < into->size(); ++i) places.emplace((*into)[i].key, i);
  std::set<std::string> gone;
  for (const auto& entry : *from) {
    const auto [place, fresh] = places.emplace(entry.key, into->size());
    if (is_nothing(entry.value))
      gone.insert(entry.key);
    else if (fresh)
      into->push_back(entry);
    else
      (*into)[place->second].value = merged(std::move((*into)[place->second].value), entry.value);
  }
  std::erase_if(*into, [&](const auto& entry) { return gone.contains(entry.key); });
  return base;
}

Node overlaid(Node playbook, const Node& overlay) {
  if (!std::holds_alternative<Node::Mapping>(overlay.value))
    throw Error(ErrorKind::invalid, fmt::format("an overlay must be a mapping, found {}", found(overlay)),
                overlay.where);
  Node rest = overlay;
  auto& mapping = std::get<Node::Mapping>(rest.value);
  const Node* over_steps = overlay.find("steps");
  if (auto* into = std::get_if<Node::Mapping>(&playbook.value); into && over_steps) {
    if (auto* steps = entry_of(*into, "steps")) {
      merge_steps(steps->value, *over_steps);
      std::erase_if(mapping, [](const auto& entry) { return entry.key == "steps"; });
    }
  }
  return merged(std::move(playbook), rest);
}

}  // namespace gpuctl::playbook
