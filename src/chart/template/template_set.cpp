#include "chart/template/template_set.hpp"

#include "chart/go/quote.hpp"
#include "chart/template/execution.hpp"

namespace gpuctl::chart {

namespace {

/// Counts executions within each other, also where one of them fails.
class Nested {
 public:
  explicit Nested(int& depth) : depth_(depth) { ++depth_; }
  ~Nested() { --depth_; }
  Nested(const Nested&) = delete;
  Nested& operator=(const Nested&) = delete;

 private:
  int& depth_;
};

}  // namespace

TemplateSet::TemplateSet(const Functions& functions, MissingKey missing, Reads* reads, Limits limits)
    : functions_(&functions), missing_(missing), reads_(reads), limits_(limits), run_(std::make_shared<Run>()) {}

void TemplateSet::add(const std::string& name, std::string_view text) {
  for (auto& [defined, tree] : parse(name, text, *functions_)) {
    auto& there = trees_[defined];
    if (!there || !is_blank(*tree->root)) there = tree;
  }
}

void TemplateSet::execute(std::string_view name, const Value& data, Engine& engine, std::string& out) const {
  const auto found = trees_.find(name);
  if (found == trees_.end())
    throw TemplateError("template: no template " + go::quoted(name) + " associated with template \"gotpl\"");
  if (run_->depth == 0) *run_ = {};
  const Nested nested(run_->depth);
  const auto tree = found->second;  // kept alive, whatever the template does to the set
  Execution(*this, *tree, engine, out).run(Operand(data));
}

}  // namespace gpuctl::chart
