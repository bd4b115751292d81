#pragma once

#include <map>
#include <string>

#include "chart/package/chart.hpp"
#include "chart/render/engine.hpp"

namespace gpuctl::chart {

/// What templates are executed over: `.Values`, `.Release`, `.Capabilities`.
struct Top {
  std::shared_ptr<Map> values;
  Value release;
  Value capabilities;
};

/// The output of every template of a chart and of those that it depends on, partials aside, by path. Throws
/// core::Error{invalid} with Helm's words.
std::map<std::string, std::string> render_templates(const Chart& chart, const Top& top, const Surroundings& world,
                                                    bool lints = false);

}  // namespace gpuctl::chart
