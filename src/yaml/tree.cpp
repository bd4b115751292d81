#include "yaml/tree.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "yaml/explain.hpp"
#include "yaml/scalar.hpp"

namespace gpuctl::yaml {

namespace {

using core::Node;

bool is_string_tag(const std::string& tag) {
  return tag == "!" || tag == "tag:yaml.org,2002:str";
}
bool is_no_tag(const std::string& tag) {
  return tag.empty() || tag == "?";
}

std::string key_text(const Node& node) {
  if (!node.source.empty()) return node.source;
  return std::get<std::string>(node.value);
}

}  // namespace

core::Where Tree::where(const YAML::Mark& mark) const {
  return text_.where(mark.line, mark.column);
}

void Tree::fail(const core::Where& where, std::string message, std::string hint) const {
  throw core::Error(core::ErrorKind::invalid, std::move(message), where, std::move(hint));
}

void Tree::OnDocumentStart(const YAML::Mark& mark) {
  if (begun_ && !text_.line(mark.line).starts_with("---"))
    fail(where(mark), "wrong indentation: this belongs to nothing above it");
  if (begun_ && documents_ == Documents::one) fail(where(mark), "a second document, expected one");
  begun_ = true;
  anchors_.clear();  // their numbers begin anew in each document
}

void Tree::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  Node node;
  node.where = where(mark);
  if (key_is_next()) fail(node.where, "a key is missing before \":\"");
  // Where nothing is written, yaml-cpp's mark is that of whatever follows: the key is the place to look at.
  if (!open_.empty() && open_.back().key) node.where = open_.back().key->where;
  add(std::move(node), anchor);
}

void Tree::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) fail(where(mark), "this alias stands inside of what it names");
  const Size size = size_of(found->second);
  if (static_cast<int>(open_.size()) + size.depth > most_levels)
    fail(where(mark), fmt::format("nested too deeply: over {} levels", most_levels));
  spend(size, where(mark));
  if (key_is_next()) return add_key(found->second);
  attach(found->second);
}

void Tree::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) {
  Node node;
  if (is_no_tag(tag))
    node = plain_scalar(value);
  else if (is_string_tag(tag))
    node.value = value;
  else
    fail(where(mark), fmt::format("the tag {} has no meaning here", tag));
  if (value.find('\0') != std::string::npos) fail(where(mark), "a NUL character, expected text");
  node.where = where(mark);
  refuse_tab(mark);
  if (tag == "!") quoted_ = mark;
  if (key_is_next()) require_colon(mark, node);
  add(std::move(node), anchor);
}

void Tree::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           YAML::EmitterStyle::value style) {
  refuse_tab(mark);
  open({Node::List{}, where(mark), {}}, tag, anchor, style == YAML::EmitterStyle::Flow);
}

void Tree::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                      YAML::EmitterStyle::value style) {
  refuse_tab(mark);
  open({Node::Mapping{}, where(mark), {}}, tag, anchor, style == YAML::EmitterStyle::Flow);
}

void Tree::spend(const Size& size, const core::Where& where) {
  spent_.values += size.values;
  spent_.bytes += size.bytes;
  if (spent_.values > most_values || spent_.bytes > most_bytes)
    fail(where, fmt::format("too large: over {} values or {} MiB once the aliases are expanded", most_values,
                            most_bytes >> 20));
}

std::optional<core::Where> Tree::opened() const {
  if (open_.empty() || !open_.back().flow) return std::nullopt;
  return open_.back().node.where;
}

void Tree::finish() const {
  require_closed_quote();
  if (no_colon_) fail(no_colon_->where, fmt::format("expected \":\" after the key \"{}\"", no_colon_->key));
}

void Tree::require_closed_quote() const {
  if (quoted_) yaml::require_closed_quote(text_, quoted_->line, quoted_->column);
}

void Tree::refuse_tab(const YAML::Mark& mark) const {
  if (opened()) return;  // between [ and ] a tab is a blank like any other
  if (const auto tab = tab_before(text_, mark.line, mark.column))
    fail(*tab, "a tab in the indentation", "indent with spaces");
}

// yaml-cpp takes a word without a colon for a key with no value.
void Tree::require_colon(const YAML::Mark& mark, const Node& key) {
  const auto rest = text_.line(mark.line).substr(static_cast<std::size_t>(mark.column));
  if (key.source.empty() || !rest.starts_with(key.source)) return;  // quoted, or an anchor stands before it
  const auto next = rest.find_first_not_of(" \t", key.source.size());
  if (next != std::string_view::npos && rest[next] == ':') return;
  // Not thrown yet: an unclosed bracket makes yaml-cpp see keys where none are, and is complained about at its end.
  if (!no_colon_) no_colon_ = core::Entry{key.source, where(mark), {}};
}

bool Tree::key_is_next() const {
  return !open_.empty() && std::holds_alternative<Node::Mapping>(open_.back().node.value) && !open_.back().key;
}

void Tree::open(Node node, const std::string& tag, YAML::anchor_t anchor, bool flow) {
  if (!is_no_tag(tag)) fail(node.where, fmt::format("the tag {} has no meaning here", tag));
  if (open_.size() >= most_levels) fail(node.where, fmt::format("nested too deeply: over {} levels", most_levels));
  spend({1, 0, 0}, node.where);
  open_.push_back({std::move(node), flow, anchor, std::nullopt, {}});
}

void Tree::close() {
  Open last = std::move(open_.back());
  open_.pop_back();
  if (last.anchor != 0) {
    spend(size_of(last.node), last.node.where);  // the copy for its aliases
    anchors_[last.anchor] = last.node;
  }
  // Only now: yaml-cpp takes a bracket that is never closed for the beginning of a key, and complains at its end.
  if (key_is_next()) return add_key(last.node);
  attach(std::move(last.node));
}

void Tree::add(Node node, YAML::anchor_t anchor) {
  spend(size_of(node), node.where);
  if (anchor != 0) {
    spend(size_of(node), node.where);
    anchors_[anchor] = node;
  }
  if (key_is_next()) return add_key(node);
  attach(std::move(node));
}

void Tree::add_key(const Node& node) {
  const bool scalar = !std::holds_alternative<Node::List>(node.value) &&
                      !std::holds_alternative<Node::Mapping>(node.value) &&
                      !std::holds_alternative<std::monostate>(node.value);
  if (!scalar) fail(node.where, fmt::format("a key must be a string, found {}", node.kind_name()));
  Open& mapping = open_.back();
  const std::string key = key_text(node);
  if (key == "<<") fail(node.where, "merge keys (<<) are not part of YAML 1.2: write the values out");
  const auto [first, fresh] = mapping.places.emplace(key, node.where);
  if (!fresh) fail(node.where, fmt::format("duplicate key \"{}\", first at line {}", key, first->second.line));
  mapping.key = core::Entry{key, node.where, {}};
}

void Tree::attach(Node node) {
  if (open_.empty()) {
    if (!std::holds_alternative<std::monostate>(node.value)) roots_.push_back(std::move(node));
    return;
  }
  Open& parent = open_.back();
  if (auto* list = std::get_if<Node::List>(&parent.node.value)) {
    list->push_back(std::move(node));
    return;
  }
  parent.key->value = std::move(node);
  std::get<Node::Mapping>(parent.node.value).push_back(std::move(*parent.key));
  parent.key.reset();
}

}  // namespace gpuctl::yaml
