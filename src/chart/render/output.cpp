#include "chart/render/output.hpp"

#include <optional>

#include "chart/go/path.hpp"
#include "chart/go/space.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::string_view source_mark = "# Source: ";

void append(std::string& out, std::string_view source, std::string_view text) {
  out += "---\n";
  out += source_mark;
  out += source;
  out += '\n';
  out += text;
  out += '\n';
}

std::string whole(const Rendered& rendered, const OutputOptions& options) {
  std::string manifests;
  if (options.crds)
    for (const auto& crd : rendered.crds) append(manifests, crd.source, crd.file->data);
  for (const auto& manifest : rendered.manifests) append(manifests, manifest.path, manifest.text);
  std::string out(go::trim_space(manifests));
  out += '\n';
  if (options.hooks)
    for (const auto& hook : rendered.hooks)
      if (options.tests || !hook.is_test()) append(out, hook.manifest.path, hook.manifest.text);
  return out;
}

/// The path within its chart that a document's first source line names.
std::optional<std::string_view> path_in_chart(std::string_view document) {
  for (auto at = document.find(source_mark); at != std::string_view::npos; at = document.find(source_mark, at + 1)) {
    auto rest = document.substr(at + source_mark.size());
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos || slash == 0) continue;
    rest = rest.substr(slash + 1);
    rest = rest.substr(0, rest.find('\n'));
    if (!rest.empty()) return rest;
  }
  return {};
}

std::string only(const std::string& text, const std::vector<std::string>& patterns) {
  const auto documents = split_documents(text);
  std::string out;
  for (const auto& pattern : patterns) {
    bool missing = true;
    for (const auto& document : documents) {
      const auto path = path_in_chart(document);
      if (!path || !path_match(pattern, *path).value_or(false)) continue;
      out += "---\n" + document + "\n";
      missing = false;
    }
    if (missing) throw core::Error(core::ErrorKind::invalid, "could not find template " + pattern + " in chart");
  }
  return out;
}

}  // namespace

std::string output_text(const Rendered& rendered, const OutputOptions& options) {
  auto text = whole(rendered, options);
  return options.show_only.empty() ? text : only(text, options.show_only);
}

}  // namespace gpuctl::chart
