#include "core/node.hpp"

#include "core/visit.hpp"

namespace gpuctl::core {

const Node* Node::find(const std::string& key) const {
  const auto* mapping = std::get_if<Mapping>(&value);
  if (!mapping) return nullptr;
  for (const auto& entry : *mapping)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

std::string Node::kind_name() const {
  return std::visit(Overload{
                        [](std::monostate) { return "nothing"; },
                        [](bool) { return "true or false"; },
                        [](std::int64_t) { return "a number"; },
                        [](double) { return "a number"; },
                        [](const std::string&) { return "a string"; },
                        [](const List&) { return "a list"; },
                        [](const Mapping&) { return "a mapping"; },
                    },
                    value);
}

}  // namespace gpuctl::core
