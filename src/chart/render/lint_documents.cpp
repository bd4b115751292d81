#include "chart/render/lint_documents.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>

#include "chart/go/quote.hpp"
#include "chart/go/space.hpp"
#include "chart/package/decode.hpp"
#include "chart/package/read_yaml.hpp"
#include "chart/render/deprecations.hpp"
#include "chart/render/lint_names.hpp"
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

/// What of an object is looked at.
struct Head {
  bool nothing = false;  ///< an empty document
  std::string api_version, kind, name;
  bool keeps_items = false;  ///< an item of it asks to be kept, which nobody hears
};

const Value* part(const Value& of, const char* name) {
  if (of.kind() != Kind::map) return nullptr;
  const auto found = of.map()->entries.find(name);
  return found == of.map()->entries.end() ? nullptr : &found->second;
}

bool asks_to_be_kept(const Value& item) {
  const auto* metadata = part(item, "metadata");
  const auto* annotations = metadata ? part(*metadata, "annotations") : nullptr;
  return annotations && part(*annotations, "helm.sh/resource-policy");
}

Head head_of(const std::string& document) {
  const auto value = read_yaml(document);
  if (value.is_nil()) return {true, "", "", "", false};
  Head out;
  const Fields fields(value, "rules.k8sYamlStruct");
  fields.read("apiVersion", out.api_version);
  fields.read("Kind", out.kind);
  if (const auto metadata = fields.part("Metadata", "rules.k8sYamlMetadata")) {
    const Fields inner(*metadata, "k8sYamlMetadata", "Metadata");
    inner.read("Name", out.name);
    std::string name_space;
    inner.read("Namespace", name_space);
  }
  if (const auto* items = part(value, "items"); items && items->kind() == Kind::list)
    out.keeps_items = std::ranges::any_of(items->list().items, asks_to_be_kept);
  return out;
}

using Look = std::function<void(const Head&)>;

/// Each document of a file, up to the first that is none.
void each_document(const std::string& file, const std::string& text, std::vector<LintMessage>& out, const Look& look) {
  try {
    for (const auto& document : split_documents(text))
      if (const auto head = head_of(document); !head.nothing) look(head);
  } catch (const core::Error& problem) {
    out.push_back({Severity::error, file, "unable to parse YAML: " + problem.message()});
  }
}

}  // namespace

std::vector<LintMessage> lint_documents(const std::string& file, const std::string& output, int minor) {
  std::vector<LintMessage> out;
  const auto line = indented(output);
  if (!line.empty())
    out.push_back({Severity::warning, file,
                   fmt::format("document starts with an illegal indent: {}, which may cause parsing problems",
                               go::quoted(line))});
  each_document(file, output, out, [&](const Head& head) {
    if (const auto fault = name_fault(head.kind, head.name); !fault.empty())
      out.push_back({Severity::warning, file,
                     fmt::format("object name does not conform to Kubernetes naming requirements: {}: {}",
                                 go::quoted(head.name), fault)});
    if (auto old = deprecation(head.api_version, head.kind, minor); !old.empty())
      out.push_back({Severity::warning, file, std::move(old)});
    const auto& kind = head.kind;
    const bool selects = kind == "Deployment" || kind == "ReplicaSet" || kind == "DaemonSet" || kind == "StatefulSet";
    if (selects && !has_selector(output))
      out.push_back({Severity::error, file,
                     fmt::format("a {} must contain matchLabels or matchExpressions, and {} does not", kind,
                                 go::quoted(head.name))});
    if (kind == "List" && head.keeps_items)
      out.push_back({Severity::error, file, "annotation 'helm.sh/resource-policy' within List objects are ignored"});
  });
  return out;
}

std::vector<LintMessage> lint_definitions(const std::string& file, const std::string& text) {
  std::vector<LintMessage> out;
  each_document(file, text, out, [&](const Head& head) {
    if (!head.api_version.starts_with("apiextensions.k8s.io"))
      out.push_back({Severity::error, file, "apiVersion is not in 'apiextensions.k8s.io'"});
    if (head.kind != "CustomResourceDefinition")
      out.push_back({Severity::error, file, "object kind is not 'CustomResourceDefinition'"});
  });
  return out;
}

}  // namespace gpuctl::chart
