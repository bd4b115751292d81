#include "cli/report.hpp"

#include <ctime>

#include "cli/state.hpp"
#include "engine/journal.hpp"
#include "util/digest.hpp"
#include "util/strings.hpp"
#include "view/annotations.hpp"
#include "view/json.hpp"
#include "view/junit.hpp"
#include "view/text.hpp"

namespace gpuctl::cli {

namespace {

bool set(const World& world, const char* name) {
  const auto value = world.variable(name);
  return value && !value->empty();
}

/// As the C library decides: the first of these that is set.
bool speaks_utf8(const World& world) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const auto value = world.variable(name);
    if (!value || value->empty()) continue;
    return value->find("UTF-8") != std::string::npos || value->find("utf8") != std::string::npos ||
           value->find("utf-8") != std::string::npos;
  }
  return false;
}

std::string formatted(const std::tm& time, const char* format) {
  char text[40];
  const auto length = std::strftime(text, sizeof text, format, &time);
  return {text, length};
}

}  // namespace

view::Style style_for(const Arguments& arguments, const World& world, bool terminal) {
  view::Style style;
  const auto kind = world.variable("TERM");
  style.colour = terminal && !arguments.no_color && !set(world, "NO_COLOR") && kind != "dumb";
  style.utf8 = speaks_utf8(world);
  style.width = terminal ? world.columns : 0;
  style.verbose = arguments.verbose;
  return style;
}

void stamp(core::Report& report, const Arguments& arguments) {
  const auto now = std::time(nullptr);
  std::tm utc{};
  std::tm local{};
  gmtime_r(&now, &utc);
  localtime_r(&now, &local);
  report.playbook = arguments.playbook;
  report.id = formatted(utc, "%Y%m%dT%H%M%SZ-") + util::random_hex(3);
  report.started = formatted(local, "%Y-%m-%dT%H:%M:%S%z");
  // RFC 3339 has a colon in the zone, strftime has none.
  if (report.started.size() > 2) report.started.insert(report.started.size() - 2, ":");
}

void show(const core::Report& report, const Arguments& arguments, World& world) {
  if (arguments.json == "-") return;
  world.out(view::text(report, style_for(arguments, world, world.out_is_terminal)));
}

int finish(const core::Report& report, const Arguments& arguments, World& world) {
  show(report, arguments, world);
  engine::Journal(state_folder(world)).keep(report.id, "report.json", world.redact(view::json(report)));
  if (!arguments.json.empty()) world.write(arguments.json, view::json(report));
  if (!arguments.junit.empty()) world.write(arguments.junit, view::junit(report));
  // JSON on standard output stands there alone; GitHub reads both streams.
  if (world.variable("GITHUB_ACTIONS") == "true")
    (arguments.json == "-" ? world.err : world.out)(view::annotations(report));
  return core::exit_code(report);
}

}  // namespace gpuctl::cli
