#include "chart/values/options.hpp"

#include <fmt/core.h>

#include "chart/go/space.hpp"
#include "chart/json_in.hpp"
#include "chart/package/file.hpp"
#include "chart/values/documents.hpp"
#include "chart/values/set.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

using Table = std::shared_ptr<Map>;

/// Whether Helm would ask the network for it. Nothing of a chart comes from there here: what is used is on the disk.
bool is_address(std::string_view path) {
  for (const std::string_view scheme : {"http://", "https://", "oci://"})
    if (path.starts_with(scheme)) return true;
  return false;
}

std::string read(Disk& disk, const std::string& path) {
  if (is_address(path))
    throw core::Error(
        core::ErrorKind::invalid,
        fmt::format("open {}: values are read from files and from standard input (-), not from a URL", path));
  if (go::trim_space(path) == "-") return disk.read("-", most_chart_bytes);
  if (disk.look(path) == Disk::What::nothing)
    throw core::Error(core::ErrorKind::invalid, fmt::format("open {}: no such file or directory", path));
  return disk.read(path, most_chart_bytes);
}

void add_file(Table& values, const std::string& path, Disk& disk) {
  try {
    values = merged(*values, *read_documents(read(disk, path)));
  } catch (const core::Error& error) {
    if (error.message().starts_with("open ")) throw;
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

std::shared_ptr<Map> user_values(const ValueOptions& options, Disk& disk) {
  auto out = std::make_shared<Map>();
  for (const auto& path : options.files) add_file(out, path, disk);
  for (const auto& line : options.set_json) add_json(out, line);
  add(out, options.set, SetAs::typed, "--set");
  add(out, options.set_string, SetAs::text, "--set-string");
  add(out, options.set_file, SetAs::file, "--set-file",
      [&](const std::string& path) { return Value(read(disk, path)); });
  add(out, options.set_literal, SetAs::literal, "--set-literal");
  return out;
}

}  // namespace gpuctl::chart
