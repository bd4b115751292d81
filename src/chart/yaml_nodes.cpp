#include "chart/yaml_nodes.hpp"

#include "yaml/events.hpp"

namespace gpuctl::chart {

using yaml::EventKind;

namespace {

constexpr std::size_t deepest = 10000;

}  // namespace

void YamlDocument::take(yaml::Event&& event) {
  switch (event.kind) {
    case EventKind::alias:
      return refer(event);
    case EventKind::scalar:
      add(event, YamlNode::Kind::scalar);
      return;
    case EventKind::sequence_start:
      return open(event, YamlNode::Kind::sequence);
    case EventKind::mapping_start:
      return open(event, YamlNode::Kind::mapping);
    case EventKind::sequence_end:
    case EventKind::mapping_end:
      open_.pop_back();
      return;
    default:
      return;
  }
}

YamlNode& YamlDocument::add(yaml::Event& event, YamlNode::Kind kind) {
  YamlNode& node = nodes_.emplace_back();
  node.kind = kind;
  node.tag = std::move(event.tag);
  node.value = std::move(event.value);
  node.implicit = event.implicit;
  node.line = event.line;
  if (!event.anchor.empty() && kind != YamlNode::Kind::alias) anchors_[event.anchor] = &node;
  if (open_.empty())
    root_ = &node;
  else
    open_.back()->children.push_back(&node);
  return node;
}

void YamlDocument::open(yaml::Event& event, YamlNode::Kind kind) {
  if (open_.size() >= deepest) throw YamlError("yaml: exceeded max depth of 10000");
  open_.push_back(&add(event, kind));
}

void YamlDocument::refer(yaml::Event& event) {
  const auto found = anchors_.find(event.anchor);
  if (found == anchors_.end()) throw YamlError("yaml: unknown anchor '" + event.anchor + "' referenced");
  event.value = event.anchor;
  add(event, YamlNode::Kind::alias).alias = found->second;
}

YamlDocument::YamlDocument(std::string_view text) {
  try {
    yaml::Events events(text.empty() ? "\n" : text);
    for (;;) {
      yaml::Event event = events.next();
      if (event.kind == EventKind::document_end || event.kind == EventKind::stream_end) break;
      take(std::move(event));
    }
  } catch (const yaml::EventError& error) {
    throw YamlError(std::string("yaml: ") + error.what());
  }
}

}  // namespace gpuctl::chart
