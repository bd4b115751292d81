#include "chart/render/output.hpp"

#include <algorithm>
#include <functional>
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

/// The documents before the hooks, then these, each as (source, text).
using Tell = std::function<void(const std::string& source, std::string_view text)>;

void each_object(const Rendered& rendered, const OutputOptions& options, const Tell& tell) {
  if (options.crds)
    for (const auto& crd : rendered.crds) tell(crd.source, crd.file->data);
  for (const auto& manifest : rendered.manifests) tell(manifest.path, manifest.text);
}

void each_hook(const Rendered& rendered, const OutputOptions& options, const Tell& tell) {
  if (!options.hooks) return;
  for (const auto& hook : rendered.hooks)
    if (options.tests || !hook.is_test()) tell(hook.manifest.path, hook.manifest.text);
}

std::string whole(const Rendered& rendered, const OutputOptions& options) {
  std::string manifests, out;
  each_object(rendered, options, [&](const auto& source, auto text) { append(manifests, source, text); });
  out = go::trim_space(manifests);
  out += '\n';
  each_hook(rendered, options, [&](const auto& source, auto text) { append(out, source, text); });
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

[[noreturn]] void fail_missing(const std::string& pattern) {
  throw core::Error(core::ErrorKind::invalid, "could not find template " + pattern + " in chart");
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
    if (missing) fail_missing(pattern);
  }
  return out;
}

bool matches(const std::string& pattern, std::string_view source) {
  const auto slash = source.find('/');
  return slash != source.npos && path_match(pattern, source.substr(slash + 1)).value_or(false);
}

}  // namespace

std::string output_text(const Rendered& rendered, const OutputOptions& options) {
  auto text = whole(rendered, options);
  return options.show_only.empty() ? text : only(text, options.show_only);
}

std::vector<OutputFile> output_files(const Rendered& rendered, const OutputOptions& options) {
  std::vector<OutputFile> out;
  const auto tell = [&](const std::string& source, std::string_view text) {
    const auto wanted = [&](const std::string& pattern) { return matches(pattern, source); };
    if (!options.show_only.empty() && std::ranges::none_of(options.show_only, wanted)) return;
    auto file = std::ranges::find(out, source, &OutputFile::path);
    if (file == out.end()) file = out.insert(file, {source, ""});
    append(file->text, source, text);
  };
  each_object(rendered, options, tell);
  each_hook(rendered, options, tell);
  for (const auto& pattern : options.show_only)
    if (std::ranges::none_of(out, [&](const auto& file) { return matches(pattern, file.path); })) fail_missing(pattern);
  return out;
}

}  // namespace gpuctl::chart
