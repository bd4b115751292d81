#include "chart/go/layout.hpp"
#include "chart/release/moment.hpp"
#include "chart/release/select.hpp"
#include "cli/release_read.hpp"
#include "cli/verbs.hpp"
#include "view/columns.hpp"

namespace gpuctl::cli {

namespace {

using chart::Value;
using chart::release::Release;

constexpr std::string_view ansi_c = "Mon Jan _2 15:04:05 2006";

Row row_of(const Release& one) {
  Row out{{"revision", Value::of_int(one.version)}};
  if (!one.info.last_deployed.empty()) out.emplace_back("updated", Value(one.info.last_deployed));
  out.emplace_back("status", Value(one.info.status));
  out.emplace_back("chart", Value(chart::release::chart_label(one)));
  out.emplace_back("app_version", Value(chart::release::app_version(one)));
  out.emplace_back("description", Value(one.info.description));
  return out;
}

std::string table(const std::vector<Release>& revisions) {
  std::vector<std::vector<std::string>> cells{{"REVISION", "UPDATED", "STATUS", "CHART", "APP VERSION", "DESCRIPTION"}};
  for (const auto& one : revisions) {
    const auto moment = chart::release::moment_of(one.info.last_deployed).value_or(chart::go::Moment());
    cells.push_back({std::to_string(one.version), chart::go::format_time(moment, ansi_c), one.info.status,
                     chart::release::chart_label(one), chart::release::app_version(one), one.info.description});
  }
  return view::columns(cells);
}

}  // namespace

int release_history(const Arguments& arguments, World& world) {
  const auto& own = arguments.release;
  const auto revisions =
      chart::release::last_revisions(revisions_of(arguments, world, *fleet_of(arguments, world), true), own.revisions);
  std::vector<Row> rows;
  for (const auto& one : revisions) rows.push_back(row_of(one));
  world.out(own.output == "table" ? table(revisions) : rows_text(rows, own.output));
  return 0;
}

}  // namespace gpuctl::cli
