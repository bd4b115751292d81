#include "chart/yaml_flow_keys.hpp"

#include <algorithm>

namespace gpuctl::chart {

namespace {

constexpr std::size_t longest_key = 1024;  ///< that is one without a question mark

[[noreturn]] void misses(const yaml::Stretch& place, const std::string& what) {
  throw YamlError("yaml: " + (place.line == 0 ? "" : "line " + std::to_string(place.line) + ": ") +
                  "did not find expected " + what);
}

/// The last child of a mapping is a key.
bool ends_with_key(const YamlNode& node) {
  return node.kind == YamlNode::Kind::mapping && node.children.size() % 2 == 1;
}

/// The value before the last key is not written.
bool follows_nothing(const YamlNode& mapping) {
  const auto& value = *mapping.children[mapping.children.size() - 2];
  return value.kind == YamlNode::Kind::scalar && value.value.empty() && (value.implicit || !value.tag.empty());
}

}  // namespace

void FlowKeys::opened(const yaml::Event& event) {
  begun(event.place);
  open_.push_back({event.flow, event.anchor.empty() && event.tag.empty(), event.kind == yaml::EventKind::mapping_start,
                   event.place});
}

void FlowKeys::begun(const yaml::Stretch& place) {
  if (!open_.empty() && open_.back().place.index == place.index) open_.back().pair = true;
}

void FlowKeys::check(const yaml::Event& scalar) {
  begun(scalar.place);
  const bool within = !open_.empty() && open_.back().flow;
  if (!within || !scalar.plain || scalar.value.find('?') == scalar.value.npos) return;
  const auto begin = text_.byte_at(scalar.place.index);
  const auto written = text_.text().substr(begin, text_.byte_at(scalar.place.index + scalar.place.size) - begin);
  auto place = scalar.place;
  place.line += static_cast<std::size_t>(std::ranges::count(written.substr(0, written.find('?')), '\n'));
  misses_end(place);
}

void FlowKeys::check(const yaml::EventError& error, const std::vector<YamlNode*>& open) {
  if (error.problem == "could not find expected ':'") return miss_no_colon(error.context, open);
  auto outermost = open_.size();
  while (outermost > 0 && open_[outermost - 1].flow) --outermost;
  if (error.problem != "did not find expected node content" || outermost == 0 || outermost == open_.size()) return;
  const auto& block = *open[outermost - 1];
  if (ends_with_key(block) && block.children.size() > 1 && asks_at_once(open_[outermost].place))
    misses(open_[outermost].place, "key");
}

void FlowKeys::miss_no_colon(const yaml::Stretch& key, const std::vector<YamlNode*>& open) {
  if (open.empty() || open_.back().flow || ends_with_key(*open.back()) || !is_empty(key)) return;
  const bool item = open.back()->kind == YamlNode::Kind::sequence && !is_level(open_.size() - 1);
  misses(key, item ? "'-' indicator" : "key");
}

FlowKeys::Lost FlowKeys::closed(const yaml::Stretch& end, const YamlNode& node, const std::vector<YamlNode*>& open) {
  const Opened own = open_.back();
  open_.pop_back();
  const bool key = !open.empty() && ends_with_key(*open.back());
  if (!key || !own.flow || !own.bare || !is_silent(node, own.place) || is_asked_for(own.place)) return Lost::nothing;
  if (open_.back().flow && (!has_colon(end) || is_kept(own.place))) return Lost::nothing;
  if (open_.back().flow) misses_end(own.place);
  const bool first = open.back()->children.size() == 1;
  if (!first && follows_nothing(*open.back())) return Lost::slips;
  if (!first) misses(own.place, "key");
  if (open.size() == 1) return Lost::ends;
  const bool item = open[open.size() - 2]->kind == YamlNode::Kind::sequence && !is_level(open.size() - 2);
  misses(own.place, item ? "'-' indicator" : "key");
}

void FlowKeys::misses_end(const yaml::Stretch& place) const {
  const bool braces = open_.back().mapping && !open_.back().pair;
  misses(place, braces ? "',' or '}'" : "',' or ']'");
}

std::string_view FlowKeys::before(const yaml::Stretch& place) {
  return text_.text().substr(0, text_.byte_at(place.index));
}

/// Brackets with nothing within.
bool FlowKeys::is_empty(const yaml::Stretch& place) {
  const auto from = text_.text().substr(text_.byte_at(place.index));
  const auto next = from.find_first_not_of(" \t", 1);
  return next != from.npos && ((from[0] == '[' && from[next] == ']') || (from[0] == '{' && from[next] == '}'));
}

/// Whether nothing in it began where a key might have.
bool FlowKeys::is_silent(const YamlNode& node, const yaml::Stretch& place) {
  if (node.children.empty()) return true;
  if (node.children.size() > (node.kind == YamlNode::Kind::mapping ? 2U : 1U)) return false;
  return asks_at_once(place);
}

/// A question mark or a colon comes first.
bool FlowKeys::asks_at_once(const yaml::Stretch& place) {
  const auto inside = text_.text().substr(text_.byte_at(place.index + 1));
  const auto first = inside.find_first_not_of(" \t\r\n");
  if (first == inside.npos) return false;
  return inside[first] == ':' || (inside[first] == '?' && inside.substr(first + 1).find_first_of(" \t\r\n") == 0);
}

/// A colon comes next; in braces it need not.
bool FlowKeys::has_colon(const yaml::Stretch& end) {
  const auto behind = text_.text().substr(text_.byte_at(end.index + 1));
  const auto next = behind.find_first_not_of(" \t");
  return next != behind.npos && behind[next] == ':';
}

/// Behind a question mark.
bool FlowKeys::is_asked_for(const yaml::Stretch& place) {
  const auto text = before(place);
  const auto last = text.find_last_not_of(" \t");
  return last != text.npos && text[last] == '?';
}

/// Within brackets that might be a key themselves everything is read before any of it is taken.
bool FlowKeys::is_kept(const yaml::Stretch& place) {
  auto outermost = open_.size() - 1;
  while (outermost > 0 && open_[outermost - 1].flow) --outermost;
  const auto& begin = open_[outermost].place;
  if (begin.line != place.line || begin.index + longest_key < place.index) return false;
  const auto text = before(begin);
  const auto last = text.find_last_not_of(" \t");
  return last == text.npos || text[last] != ':';
}

/// Whether a sequence begins in the column of what it is the value of.
bool FlowKeys::is_level(std::size_t sequence) {
  return sequence > 0 && column_of(open_[sequence].place) == column_of(open_[sequence - 1].place);
}

std::size_t FlowKeys::column_of(const yaml::Stretch& place) {
  const auto text = before(place);
  const auto line_end = text.find_last_of("\r\n");
  return line_end == text.npos ? text.size() : text.size() - line_end - 1;
}

}  // namespace gpuctl::chart
