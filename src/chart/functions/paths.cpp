#include "chart/functions/tables.hpp"
#include "chart/go/path.hpp"

// Paths, by their text alone.

namespace gpuctl::chart {

namespace {

Value base(Call& call) {
  return Value(path_base(call.args[0].string()));
}
Value dir(Call& call) {
  const std::string& path = call.args[0].string();
  return Value(path_clean(std::string_view(path).substr(0, path.rfind('/') + 1)));
}
Value clean(Call& call) {
  return Value(path_clean(call.args[0].string()));
}
Value ext(Call& call) {
  return Value(path_ext(call.args[0].string()));
}
Value is_abs(Call& call) {
  return Value(call.args[0].string().starts_with('/'));
}

}  // namespace

std::span<const Function> path_functions() {
  static const Function functions[] = {
      {"base", {Type::string}, false, base, "A path's last part"},
      {"dir", {Type::string}, false, dir, "A path without its last part"},
      {"clean", {Type::string}, false, clean, "The shortest path to the same"},
      {"ext", {Type::string}, false, ext, "The ending of a path's last part, with its dot"},
      {"isAbs", {Type::string}, false, is_abs, "Whether a path begins at the root"},
      {"osBase", {Type::string}, false, base, "A path's last part"},
      {"osDir", {Type::string}, false, dir, "A path without its last part"},
      {"osClean", {Type::string}, false, clean, "The shortest path to the same"},
      {"osExt", {Type::string}, false, ext, "The ending of a path's last part, with its dot"},
      {"osIsAbs", {Type::string}, false, is_abs, "Whether a path begins at the root"},
  };
  return functions;
}

}  // namespace gpuctl::chart
