#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "chart/function.hpp"
#include "chart/template/error.hpp"
#include "chart/template/node.hpp"

namespace gpuctl::chart {

using Trees = std::map<std::string, std::shared_ptr<const Tree>, std::less<>>;

/// Parses a text into the template `name` and those that the text defines. Throws TemplateError.
Trees parse(const std::string& name, std::string_view text, const Functions& functions);

}  // namespace gpuctl::chart
