#include "chart/go/layout.hpp"
#include "chart/json_out.hpp"
#include "chart/release/moment.hpp"
#include "chart/release/select.hpp"
#include "chart/yaml_out.hpp"
#include "cli/release_read.hpp"
#include "cli/verbs.hpp"
#include "view/columns.hpp"

namespace gpuctl::cli {

namespace {

using chart::Value;
using chart::release::Release;

/// Go's time.Time.String.
constexpr std::string_view in_full = "2006-01-02 15:04:05.999999999 -0700 MST";

Row row_of(const Release& one, const std::shared_ptr<const chart::go::Zone>& zone, std::string_view layout) {
  const auto moment = chart::release::moment_of(one.info.last_deployed, zone);
  return {{"name", Value(one.name)},
          {"namespace", Value(one.name_space)},
          {"revision", Value(std::to_string(one.version))},
          {"updated", Value(moment ? chart::go::format_time(*moment, layout.empty() ? in_full : layout) : "-")},
          {"status", Value(one.info.status)},
          {"chart", Value(chart::release::chart_label(one))},
          {"app_version", Value(chart::release::app_version(one))}};
}

std::string names_text(const std::vector<Release>& releases, const std::string& format) {
  chart::List names;
  std::string lines;
  for (const auto& one : releases) {
    names.items.emplace_back(one.name);
    lines += one.name + "\n";
  }
  const Value value(std::move(names));
  return format == "table" ? lines : format == "json" ? chart::to_json(value) + "\n" : chart::to_yaml(value);
}

std::string table(const std::vector<Row>& rows, bool headers) {
  std::vector<std::vector<std::string>> cells;
  if (headers) cells.push_back({"NAME", "NAMESPACE", "REVISION", "UPDATED", "STATUS", "CHART", "APP VERSION"});
  for (const auto& row : rows) {
    auto& line = cells.emplace_back();
    for (const auto& [name, value] : row) line.push_back(value.string());
  }
  return view::columns(cells);
}

}  // namespace

int release_list(const Arguments& arguments, World& world) {
  const auto& own = arguments.release;
  auto read = read_releases(arguments, world, *fleet_of(arguments, world), "", true);
  const auto releases = chart::release::selected(std::move(read.releases), own.selection);
  const auto zone = local_zone(world);
  std::vector<Row> rows;
  for (const auto& one : releases) rows.push_back(row_of(one, zone, own.time_format));
  world.out(own.names_only          ? names_text(releases, own.output)
            : own.output == "table" ? table(rows, !own.no_headers)
                                    : rows_text(rows, own.output));
  return read.unread == 0 ? 0 : 1;
}

}  // namespace gpuctl::cli
