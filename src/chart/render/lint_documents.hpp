#pragma once

#include "chart/render/lint.hpp"

namespace gpuctl::chart {

/// What is said of the documents that a template makes.
std::vector<LintMessage> lint_documents(const std::string& file, const std::string& output);

}  // namespace gpuctl::chart
