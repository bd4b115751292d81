#include "playbook/entry.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/params.hpp"
#include "playbook/wording.hpp"
#include "steps/step.hpp"
#include "util/strings.hpp"

namespace gpuctl::playbook {

namespace {

using core::Error;
using core::ErrorKind;
using core::Node;

const std::vector<std::string> beside{"name", "on", "settle"};

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const auto& info : steps::kinds()) names.emplace_back(info.kind);
  return names;
}

/// The one kind among the keys of an entry.
class KindOf {
 public:
  explicit KindOf(const Node& node) : node_(node), kinds_(kind_names()) {
    for (const auto& entry : std::get<Node::Mapping>(node.value))
      if (holds(kinds_, entry.key))
        known_.push_back(&entry);
      else if (!holds(beside, entry.key))
        other_.push_back(&entry);
  }

  const core::Entry& find() const {
    if (known_.size() > 1)
      throw Error(ErrorKind::invalid, fmt::format("two kinds in one step: {} and {}", known_[0]->key, known_[1]->key),
                  known_[1]->where, "each step is an item of its own: begin it with \"- \"");
    if (known_.empty()) fail_without_kind();
    if (!other_.empty()) fail_beside(*known_[0], *other_[0]);
    return *known_[0];
  }

 private:
  [[noreturn]] void fail_without_kind() const {
    if (other_.empty())
      throw Error(ErrorKind::invalid, "a step without a kind", node_.where, "kinds: " + util::join(kinds_, ", "));
    const auto& entry = *other_[0];
    std::vector<std::string> names = kinds_;
    names.insert(names.end(), beside.begin(), beside.end());
    const std::string near = util::nearest(entry.key, names);
    throw Error(ErrorKind::invalid, fmt::format("unknown step kind \"{}\"", entry.key), entry.where,
                near.empty() ? "kinds: " + util::join(kinds_, ", ") : fmt::format("did you mean \"{}\"?", near));
  }

  [[noreturn]] static void fail_beside(const core::Entry& kind, const core::Entry& other) {
    const std::string near = util::nearest(other.key, beside);
    std::string hint = near.empty() ? "beside its kind a step has name, on and settle; parameters stand below the kind"
                                    : fmt::format("did you mean \"{}\"?", near);
    if (std::holds_alternative<std::monostate>(kind.value.value))
      hint = fmt::format("indent the parameters of {} below it", kind.key);
    throw Error(ErrorKind::invalid, fmt::format("unknown key \"{}\" beside {}", other.key, kind.key), other.where,
                std::move(hint));
  }

  const Node& node_;
  std::vector<std::string> kinds_;
  std::vector<const core::Entry*> known_;
  std::vector<const core::Entry*> other_;
};

std::string name_of(const Node& node, const std::string& kind) {
  const Node* name = node.find("name");
  if (!name) return kind;
  const auto* text = std::get_if<std::string>(&name->value);
  if (!text || text->empty())
    throw Error(ErrorKind::invalid, fmt::format("{}: expected a name, found {}", kind, found(*name)), name->where);
  const bool odd = std::any_of(text->begin(), text->end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
  if (odd || text->find('$') != std::string::npos)
    throw Error(ErrorKind::invalid, fmt::format("{}: a name is one line without variables", kind), name->where);
  return *text;
}

}  // namespace

Entry read_entry(const Node& node) {
  if (!std::holds_alternative<Node::Mapping>(node.value))
    throw Error(ErrorKind::invalid,
                fmt::format("a step must be a mapping of its kind to its parameters, found {}", found(node)),
                node.where);
  const core::Entry& kind = KindOf(node).find();
  Entry entry;
  entry.node = &node;
  entry.kind = kind.key;
  entry.name = name_of(node, kind.key);
  entry.where = kind.where;
  entry.params = &kind.value;
  entry.on = node.find("on");
  entry.settle = node.find("settle");
  return entry;
}

}  // namespace gpuctl::playbook
