#pragma once

#include "chart/render/lint.hpp"

namespace gpuctl::chart {

/// What is said of the documents that a template makes, for Kubernetes 1.`minor`.
std::vector<LintMessage> lint_documents(const std::string& file, const std::string& output, int minor);

/// What is said of a file of crds/.
std::vector<LintMessage> lint_definitions(const std::string& file, const std::string& text);

}  // namespace gpuctl::chart
