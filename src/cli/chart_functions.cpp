#include <fmt/core.h>

#include <algorithm>

#include "chart/functions/functions.hpp"
#include "chart/template/types.hpp"
#include "cli/verbs.hpp"
#include "cli/world.hpp"

namespace gpuctl::cli {

namespace {

/// `string interface {}...`: the Go types, the last of which may come any number of times.
std::string parameters(const chart::Function& function) {
  std::string out;
  for (const chart::Type type : function.params) out += (out.empty() ? "" : ", ") + chart::type_name(type);
  return function.variadic ? out + "..." : out;
}

}  // namespace

int chart_functions(const Arguments&, World& world) {
  std::size_t names = 0, types = 0;
  for (const chart::Function* function : chart::helm_functions()) {
    names = std::max(names, function->name.size());
    types = std::max(types, std::min<std::size_t>(parameters(*function).size(), 40));
  }
  for (const chart::Function* function : chart::helm_functions())
    world.out(fmt::format("{:<{}}  {:<{}}  {}\n", function->name, names, parameters(*function), types, function->doc));
  return 0;
}

}  // namespace gpuctl::cli
