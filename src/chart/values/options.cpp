#include "chart/values/options.hpp"

#include <fmt/core.h>

#include "chart/go/space.hpp"
#include "chart/json_in.hpp"
#include "chart/package/file.hpp"
#include "chart/source/address.hpp"
#include "chart/values/documents.hpp"
#include "chart/values/set.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

using Table = std::shared_ptr<Map>;

std::string read(Disk& disk, const std::string& path, const ReadAddress& far) {
  if (far && is_address(path)) return far(path, most_chart_bytes);
  if (go::trim_space(path) == "-") return disk.read("-", most_chart_bytes);
  if (disk.look(path) == Disk::What::nothing)
    throw core::Error(core::ErrorKind::invalid, fmt::format("open {}: no such file or directory", path));
  return disk.read(path, most_chart_bytes);
}

void add_file(Table& values, const std::string& path, Disk& disk, const ReadAddress& far) {
  const auto text = read(disk, path, far);
  try {
    values = merged(*values, *read_documents(text));
  } catch (const core::Error& error) {
    throw core::Error(core::ErrorKind::invalid, fmt::format("failed to parse {}: {}", path, error.message()));
  }
}

/// An object is merged, anything else is a line of names and JSON values.
void add_json(Table& values, const std::string& line) {
  try {
    const auto trimmed = go::trim_space(line);
    if (!trimmed.starts_with('{')) return set_into(line, values, SetAs::json);
    values = merged(*values, *map_from_json(trimmed).map());
  } catch (const std::exception&) {
    const bool object = go::trim_space(line).starts_with('{');
    throw core::Error(core::ErrorKind::usage,
                      fmt::format("failed parsing --set-json data {}{}", object ? "JSON: " : "", line));
  }
}

void add(const Table& values, const std::vector<std::string>& lines, SetAs as, const char* flag,
         const std::function<Value(const std::string&)>& from_file = {}) {
  for (const auto& line : lines) {
    try {
      set_into(line, values, as, from_file);
    } catch (const core::Error& error) {
      throw core::Error(error.kind(), fmt::format("failed parsing {} data: {}", flag, error.message()));
    }
  }
}

}  // namespace

std::shared_ptr<Map> user_values(const ValueOptions& options, Disk& disk, const ReadAddress& far) {
  auto out = std::make_shared<Map>();
  for (const auto& path : options.files) add_file(out, path, disk, far);
  for (const auto& line : options.set_json) add_json(out, line);
  add(out, options.set, SetAs::typed, "--set");
  add(out, options.set_string, SetAs::text, "--set-string");
  add(out, options.set_file, SetAs::file, "--set-file",
      [&](const std::string& path) { return Value(read(disk, path, far)); });
  add(out, options.set_literal, SetAs::literal, "--set-literal");
  return out;
}

}  // namespace gpuctl::chart
