#include "yaml/events.hpp"

#include <yaml.h>

#include <new>

namespace gpuctl::yaml {

struct Events::Parser {
  Parser() {
    if (!yaml_parser_initialize(&raw)) throw std::bad_alloc();
  }
  ~Parser() { yaml_parser_delete(&raw); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  yaml_parser_t raw;
};

namespace {

std::string text_of(const yaml_char_t* text) {
  return text ? reinterpret_cast<const char*>(text) : "";
}

std::string problem_of(const yaml_parser_t& parser) {
  return parser.problem && *parser.problem ? parser.problem : "unknown problem parsing YAML content";
}

/// The line is the one of the problem, or of what was being read; the first line is never named.
std::string complaint(const yaml_parser_t& parser) {
  std::size_t line = 0;
  if (parser.problem_mark.line != 0)
    line = parser.problem_mark.line + (parser.error == YAML_SCANNER_ERROR ? 1 : 0);
  else
    line = parser.context_mark.line;
  const auto problem = problem_of(parser);
  return line == 0 ? problem : "line " + std::to_string(line) + ": " + problem;
}

std::vector<Stretch> quoted_ahead(const yaml_parser_t& parser) {
  std::vector<Stretch> out;
  for (const auto* token = parser.tokens.head; token != parser.tokens.tail; ++token) {
    if (token->type != YAML_SCALAR_TOKEN || token->data.scalar.style != YAML_DOUBLE_QUOTED_SCALAR_STYLE) continue;
    const auto& begin = token->start_mark;
    out.push_back({begin.line, begin.index, token->end_mark.index - begin.index});
  }
  return out;
}

EventKind kind_of(yaml_event_type_t type) {
  switch (type) {
    case YAML_STREAM_START_EVENT:
      return EventKind::stream_start;
    case YAML_DOCUMENT_START_EVENT:
      return EventKind::document_start;
    case YAML_DOCUMENT_END_EVENT:
      return EventKind::document_end;
    case YAML_ALIAS_EVENT:
      return EventKind::alias;
    case YAML_SCALAR_EVENT:
      return EventKind::scalar;
    case YAML_SEQUENCE_START_EVENT:
      return EventKind::sequence_start;
    case YAML_SEQUENCE_END_EVENT:
      return EventKind::sequence_end;
    case YAML_MAPPING_START_EVENT:
      return EventKind::mapping_start;
    case YAML_MAPPING_END_EVENT:
      return EventKind::mapping_end;
    default:
      return EventKind::stream_end;
  }
}

struct RawEvent {
  RawEvent() = default;
  ~RawEvent() { yaml_event_delete(&raw); }
  RawEvent(const RawEvent&) = delete;
  RawEvent& operator=(const RawEvent&) = delete;

  yaml_event_t raw{};
};

void take_content(Event& event, const yaml_event_t& raw) {
  if (raw.type == YAML_ALIAS_EVENT) event.anchor = text_of(raw.data.alias.anchor);
  if (raw.type == YAML_SCALAR_EVENT) {
    event.anchor = text_of(raw.data.scalar.anchor);
    event.tag = text_of(raw.data.scalar.tag);
    event.value.assign(reinterpret_cast<const char*>(raw.data.scalar.value), raw.data.scalar.length);
    event.implicit = raw.data.scalar.plain_implicit != 0;
    event.double_quoted = raw.data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    event.plain = raw.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    event.place.size = raw.end_mark.index - raw.start_mark.index;
  }
  if (raw.type == YAML_DOCUMENT_START_EVENT && raw.data.document_start.version_directive)
    event.minor = raw.data.document_start.version_directive->minor;
  if (raw.type == YAML_SEQUENCE_START_EVENT) {
    event.anchor = text_of(raw.data.sequence_start.anchor);
    event.tag = text_of(raw.data.sequence_start.tag);
    event.flow = raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
  }
  if (raw.type == YAML_MAPPING_START_EVENT) {
    event.anchor = text_of(raw.data.mapping_start.anchor);
    event.tag = text_of(raw.data.mapping_start.tag);
    event.flow = raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
  }
}

}  // namespace

Events::Events(std::string_view text) : parser_(std::make_unique<Parser>()) {
  yaml_parser_set_input_string(&parser_->raw, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

Events::~Events() = default;

std::vector<Stretch> Events::ahead() const {
  return quoted_ahead(parser_->raw);
}

Event Events::next() {
  RawEvent raw;
  if (!yaml_parser_parse(&parser_->raw, &raw.raw)) {
    EventError error(complaint(parser_->raw), quoted_ahead(parser_->raw));
    error.problem = problem_of(parser_->raw);
    error.index = parser_->raw.problem_mark.index;
    error.context = {parser_->raw.context_mark.line, parser_->raw.context_mark.index, 0};
    throw error;
  }
  Event event;
  event.kind = kind_of(raw.raw.type);
  event.place.line = raw.raw.start_mark.line;
  event.place.index = raw.raw.start_mark.index;
  take_content(event, raw.raw);
  return event;
}

}  // namespace gpuctl::yaml
