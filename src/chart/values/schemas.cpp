#include <fmt/core.h>

#include "chart/values/schema.hpp"
#include "chart/values/words.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

std::string faults_of(const Chart& chart, const Map& values, const Warn& warn) {
  std::string out;
  if (chart.schema) {
    const auto about = [&](const std::string& what) { warn("values.schema.json of " + chart.name() + ": " + what); };
    const auto faults = schema_faults(*chart.schema, values, about);
    if (!faults.empty()) out += chart.name() + ":\n" + faults + "\n";
  }
  for (const auto* sub : chart.dependencies) {
    const auto found = values.entries.find(sub->name());
    if (found == values.entries.end() || found->second.is_nil()) continue;
    if (found->second.kind() == Kind::map)
      out += faults_of(*sub, *found->second.map(), warn);
    else
      out += fmt::format("{}:\ninvalid type for values: expected object (map), got {}\n", sub->name(),
                         go_text("%T", found->second));
  }
  return out;
}

}  // namespace

void check_schemas(const Chart& chart, const Map& values, const Warn& warn) {
  const auto faults = faults_of(chart, values, warn);
  if (!faults.empty())
    throw core::Error(core::ErrorKind::invalid,
                      "values don't meet the specifications of the schema(s) in the following chart(s):\n" + faults);
}

}  // namespace gpuctl::chart
