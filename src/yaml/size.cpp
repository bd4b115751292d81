#include "yaml/size.hpp"

#include <algorithm>

namespace gpuctl::yaml {

using core::Node;

Size size_of(const Node& node) {
  Size size{1, static_cast<std::int64_t>(node.source.size()), 0};
  const auto add = [&](const Node& child) {
    const Size below = size_of(child);
    size.values += below.values;
    size.bytes += below.bytes;
    size.depth = std::max(size.depth, below.depth);
  };
  if (const auto* text = std::get_if<std::string>(&node.value)) size.bytes += static_cast<std::int64_t>(text->size());
  if (const auto* list = std::get_if<Node::List>(&node.value)) {
    for (const auto& child : *list) add(child);
    ++size.depth;
  }
  if (const auto* mapping = std::get_if<Node::Mapping>(&node.value)) {
    for (const auto& entry : *mapping) {
      size.bytes += static_cast<std::int64_t>(entry.key.size());
      add(entry.value);
    }
    ++size.depth;
  }
  return size;
}

}  // namespace gpuctl::yaml
