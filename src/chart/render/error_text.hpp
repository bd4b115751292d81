#pragma once

#include <string>

#include "chart/template/error.hpp"

namespace gpuctl::chart {

/// A template's error as Helm shows it: `parse error at (chart/templates/x.yaml:3): …`, what `fail` and `required` say
/// behind `execution error at (PLACE)`, or a paragraph for each template on the way down.
std::string parse_error_text(const std::string& file, const TemplateError& error);
std::string execution_error_text(const std::string& file, const TemplateError& error);

}  // namespace gpuctl::chart
