#include "chart/render/lint_documents.hpp"

#include <fmt/core.h>

#include "chart/go/quote.hpp"
#include "chart/go/space.hpp"
#include "chart/package/decode.hpp"
#include "chart/package/read_yaml.hpp"
#include "core/error.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

using Severity = LintMessage::Severity;

bool has_selector(const std::string& output) {
  return output.find("matchLabels") != std::string::npos || output.find("matchExpressions") != std::string::npos;
}

/// The first line with anything on it, where it is indented.
std::string indented(const std::string& output) {
  for (const auto& line : util::lines(output)) {
    if (go::trim_space(line).empty()) continue;
    return line[0] == ' ' || line[0] == '\t' ? line : "";
  }
  return "";
}

}  // namespace

std::vector<LintMessage> lint_documents(const std::string& file, const std::string& output) {
  std::vector<LintMessage> out;
  const auto line = indented(output);
  if (!line.empty())
    out.push_back({Severity::warning, file,
                   fmt::format("document starts with an illegal indent: {}, which may cause parsing problems",
                               go::quoted(line))});
  for (const auto& document : split_documents(output)) {
    std::string kind;
    std::string name;
    try {
      const Fields fields(read_yaml(document), "SimpleHead");
      fields.read("kind", kind);
      if (const auto metadata = fields.part("metadata")) Fields(*metadata, "SimpleHead").read("name", name);
    } catch (const core::Error& problem) {
      out.push_back({Severity::error, file, "unable to parse YAML: " + problem.message()});
      return out;
    }
    const bool selects = kind == "Deployment" || kind == "ReplicaSet" || kind == "DaemonSet" || kind == "StatefulSet";
    if (selects && !has_selector(output))
      out.push_back(
          {Severity::error, file,
           fmt::format("a {} must contain matchLabels or matchExpressions, and {} does not", kind, go::quoted(name))});
  }
  return out;
}

}  // namespace gpuctl::chart
