#include "yaml/parse.hpp"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>

#include "yaml/explain.hpp"
#include "yaml/text.hpp"
#include "yaml/tree.hpp"

namespace gpuctl::yaml {

core::Node parse(const std::string& text, const std::string& file) {
  const SourceText source(text, file);
  Tree tree(source);
  try {
    std::istringstream stream(source.text());
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(tree)) {
    }
    tree.finish();
  } catch (const YAML::Exception& e) {
    tree.require_closed_quote();  // else it is blamed on whatever stands last
    throw explain(source, e.msg, e.mark.line, e.mark.column, tree.opened());
  }
  auto root = tree.take();
  if (!root || std::holds_alternative<std::monostate>(root->value))
    throw core::Error(core::ErrorKind::invalid, "the file is empty", core::Where{file, 1, 1});
  return std::move(*root);
}

}  // namespace gpuctl::yaml
