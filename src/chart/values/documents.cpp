#include "chart/values/documents.hpp"

#include <fmt/core.h>

#include "chart/go/space.hpp"
#include "chart/yaml_in.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

/// The line without its end.
std::string_view next_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

/// Whether the line parts two documents. Throws where there is more on it than a comment.
bool parts(std::string_view line) {
  if (!line.starts_with("---")) return false;
  const auto behind = go::trim_space(line.substr(3));
  if (!behind.empty() && behind[0] != '#')
    throw core::Error(core::ErrorKind::invalid,
                      fmt::format("error reading yaml document: invalid Yaml document separator: {}", behind));
  return true;
}

void read_document(std::string_view text, std::shared_ptr<Map>& into) {
  try {
    into = merged(*into, *map_from_yaml(text).map());
  } catch (const YamlError& error) {
    throw core::Error(core::ErrorKind::invalid, std::string("cannot unmarshal yaml document: ") + error.what());
  }
}

}  // namespace

std::shared_ptr<Map> read_documents(std::string_view text) {
  auto out = std::make_shared<Map>();
  // As Kubernetes' reader cuts a stream: the line belongs to no document, but one at its start stays there.
  const char* begin = text.data();
  while (!text.empty()) {
    const char* at = text.data();
    const auto line = next_line(text);
    if (!parts(line) || at == begin) continue;
    read_document({begin, static_cast<std::size_t>(at - begin)}, out);
    begin = text.data();
  }
  const char* end = text.data();
  if (end != begin) read_document({begin, static_cast<std::size_t>(end - begin)}, out);
  return out;
}

std::shared_ptr<Map> merged(const Map& under, const Map& over) {
  auto out = std::make_shared<Map>();
  out->entries = under.entries;
  for (const auto& [key, value] : over.entries) {
    const auto found = out->entries.find(key);
    if (value.kind() == Kind::map && found != out->entries.end() && found->second.kind() == Kind::map)
      found->second = Value(merged(*found->second.map(), *value.map()));
    else
      out->entries.insert_or_assign(key, value);
  }
  return out;
}

Value deep_copy(const Value& value) {
  if (value.kind() == Kind::map) {
    auto out = std::make_shared<Map>();
    out->type = value.map()->type;
    out->nil = value.map()->nil;
    for (const auto& [key, item] : value.map()->entries)
      out->entries.emplace_hint(out->entries.end(), key, deep_copy(item));
    return Value(std::move(out));
  }
  if (value.kind() != Kind::list) return value;
  List out;
  out.element = value.list().element;
  out.nil = value.list().nil;
  out.items.reserve(value.list().items.size());
  for (const auto& item : value.list().items) out.items.push_back(deep_copy(item));
  return Value(std::move(out));
}

}  // namespace gpuctl::chart
