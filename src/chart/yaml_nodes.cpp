#include "chart/yaml_nodes.hpp"

#include <algorithm>

#include "chart/go/unicode.hpp"
#include "chart/yaml_flow_keys.hpp"
#include "chart/yaml_ported.hpp"
#include "yaml/events.hpp"

namespace gpuctl::chart {

using yaml::EventKind;

namespace {

constexpr std::size_t deepest_yaml = 10000;

/// What libyaml reads and the older port of it in Go refuses.
class Refusals {
 public:
  explicit Refusals(std::string_view text) : text_(text), slashes_(text.find("\\/") != text.npos) {}

  void check(const yaml::Event& event) {
    if (event.kind == EventKind::document_start && event.minor != 1)
      refuse(event.place.line, "found incompatible YAML document");
    if (slashes_ && event.double_quoted) escapes(event.place);
  }

  /// What was read before the end, or before something else was found wrong.
  void check(const std::vector<yaml::Stretch>& ahead) {
    if (!slashes_) return;
    for (const auto& one : ahead) escapes(one);
  }

 private:
  /// A slash needs no backslash in YAML 1.1, and may have none.
  void escapes(const yaml::Stretch& scalar) {
    auto rest = text_.text().substr(text_.byte_at(scalar.index));
    const auto skip = [&] { rest.remove_prefix(go::first_rune(rest).length); };
    std::size_t line = scalar.line;
    for (std::size_t i = 0; i < scalar.size; ++i, skip()) {
      if (rest.starts_with("\\/")) refuse(line == 0 ? 0 : line + 1, "found unknown escape character");
      if (rest[0] == '\n' || (rest[0] == '\r' && !rest.starts_with("\r\n"))) ++line;
      if (rest[0] != '\\') continue;
      skip();
      ++i;
    }
  }

  [[noreturn]] static void refuse(std::size_t line, const std::string& why) {
    throw YamlError("yaml: " + (line == 0 ? "" : "line " + std::to_string(line) + ": ") + why);
  }

  TextCursor text_;
  bool slashes_;
};

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
  node.line = event.place.line;
  if (!event.anchor.empty() && kind != YamlNode::Kind::alias) anchors_[event.anchor] = &node;
  if (open_.empty())
    root_ = &node;
  else
    open_.back()->children.push_back(&node);
  return node;
}

void YamlDocument::open(yaml::Event& event, YamlNode::Kind kind) {
  if (open_.size() >= deepest_yaml) throw YamlError("yaml: exceeded max depth of 10000");
  open_.push_back(&add(event, kind));
}

void YamlDocument::refer(yaml::Event& event) {
  const auto found = anchors_.find(event.anchor);
  if (found == anchors_.end()) throw YamlError("yaml: unknown anchor '" + event.anchor + "' referenced");
  event.value = event.anchor;
  add(event, YamlNode::Kind::alias).alias = found->second;
}

/// The key that was none is the value before it, and the key is nothing.
void YamlDocument::slip(YamlNode& lost) {
  auto& children = open_.back()->children;
  lost.tag = children[children.size() - 2]->tag;
  children[children.size() - 2] = &lost;
  YamlNode& nothing = nodes_.emplace_back();
  nothing.implicit = true;
  nothing.line = lost.line;
  children.back() = &nothing;
}

YamlDocument::YamlDocument(std::string_view text) {
  PortedText ported(text.empty() ? "\n" : text);
  while (!read(ported)) {
    nodes_.clear();
    open_.clear();
    anchors_.clear();
    root_ = nullptr;
  }
}

/// Whether it has been read; else the text was changed, and is to be read from its start.
bool YamlDocument::read(PortedText& text) {
  Refusals refusals(text.text());
  FlowKeys keys(text.text());
  try {
    yaml::Events events(text.text());
    for (;;) {
      yaml::Event event = events.next();
      if (event.kind == EventKind::document_end || event.kind == EventKind::stream_end) {
        refusals.check(events.ahead());
        return true;
      }
      if (text.mend(event)) return false;
      refusals.check(event);
      if (event.kind == EventKind::scalar) keys.check(event);
      event.value = text.restored(std::move(event.value));
      if (event.kind == EventKind::sequence_start || event.kind == EventKind::mapping_start) keys.opened(event);
      const bool closes = event.kind == EventKind::sequence_end || event.kind == EventKind::mapping_end;
      auto* closed = closes ? open_.back() : nullptr;
      const auto place = event.place;
      take(std::move(event));
      const auto lost = closed ? keys.closed(place, *closed, open_) : FlowKeys::Lost::nothing;
      if (lost == FlowKeys::Lost::slips) slip(*closed);
      if (lost == FlowKeys::Lost::ends) {
        root_ = closed;
        return true;
      }
    }
  } catch (const yaml::EventError& error) {
    if (text.mend(error)) return false;
    refusals.check(error.ahead);
    keys.check(error, open_);
    throw YamlError(std::string("yaml: ") + error.what());
  }
}

}  // namespace gpuctl::chart
