#include "yaml/parse.hpp"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>

#include "yaml/explain.hpp"
#include "yaml/text.hpp"
#include "yaml/tree.hpp"

namespace gpuctl::yaml {

namespace {

std::vector<core::Node> read(const std::string& text, const std::string& file, Tree::Documents documents) {
  const SourceText source(text, file);
  Tree tree(source, documents);
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
  return tree.take();
}

}  // namespace

core::Node parse(const std::string& text, const std::string& file) {
  auto roots = read(text, file, Tree::Documents::one);
  if (roots.empty()) throw core::Error(core::ErrorKind::invalid, "the file is empty", core::Where{file, 1, 1});
  return std::move(roots.front());
}

std::vector<core::Node> parse_all(const std::string& text, const std::string& file) {
  return read(text, file, Tree::Documents::many);
}

}  // namespace gpuctl::yaml
