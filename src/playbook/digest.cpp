#include "playbook/digest.hpp"

#include <algorithm>

#include "util/digest.hpp"

namespace gpuctl::playbook {

using core::Node;

void Digest::add(const std::string& text) {
  content_ += std::to_string(text.size()) + ":" + text;
}

void Digest::add(const Node& node) {
  if (const auto* list = std::get_if<Node::List>(&node.value)) {
    content_ += "list" + std::to_string(list->size());
    for (const auto& item : *list) add(item);
  } else if (const auto* mapping = std::get_if<Node::Mapping>(&node.value)) {
    std::vector<const core::Entry*> entries;
    for (const auto& entry : *mapping) entries.push_back(&entry);
    std::sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) { return a->key < b->key; });
    content_ += "mapping" + std::to_string(entries.size());
    for (const auto* entry : entries) {
      add(entry->key);
      add(entry->value);
    }
  } else if (const auto* text = std::get_if<std::string>(&node.value)) {
    add(*text);
  } else if (const auto* flag = std::get_if<bool>(&node.value)) {
    add(*flag ? "true" : "false");
  } else {
    add(node.source);
  }
}

std::string Digest::sha256() const {
  return util::sha256_hex(content_);
}

std::string NotedSource::read(const std::string& path) {
  std::string content = source_.read(path);
  digest_.add(util::sha256_hex(content));
  return content;
}

std::vector<std::string> NotedSource::list(const std::string& path) {
  auto paths = source_.list(path);
  for (const auto& file : paths) digest_.add(file);
  return paths;
}

std::vector<Node> NotedSource::documents(const std::string& path) {
  auto roots = source_.documents(path);
  for (const auto& root : roots) digest_.add(root);
  return roots;
}

std::vector<core::ChartFile> NotedSource::chart(const core::ChartRef& ref) {
  auto files = source_.chart(ref);
  for (const auto& file : files) digest_.add(file.name + " " + util::sha256_hex(file.data));
  return files;
}

}  // namespace gpuctl::playbook
