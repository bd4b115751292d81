#include "steps/helm_standing.hpp"

#include <charconv>

namespace gpuctl::steps {

using core::Record;

namespace {

int number(const std::string& text) {
  int out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

}  // namespace

StoredRelease stored_release(const Record& releases, const std::string& name) {
  StoredRelease out;
  const auto field = [&](const char* key) { return core::text_of(releases, name + key); };
  out.there = releases.contains(name);
  out.last = number(field(""));
  out.status = field("#status");
  out.description = field("#description");
  out.updated = field("#updated");
  out.chart = field("#chart");
  out.version = field("#version");
  out.content = field("#content");
  out.config = field("#config");
  out.origin = field("#origin");
  out.manifest = field("#manifest");
  out.trouble = field("#trouble");
  const bool is_last = field("#from").empty();
  out.from = is_last ? out.last : number(field("#from"));
  out.from_manifest = is_last ? out.manifest : field("#from_manifest");
  out.from_hooks = field("#from_hooks");
  out.client_side = field(is_last ? "#method" : "#from_method") == "csa";
  if (out.status == "uninstalled") {
    out.from = 0;
    out.from_manifest.clear();
    out.from_hooks.clear();
  }
  return out;
}

std::string name_of_chart(const Record& releases, const std::string& chart, const std::string& made) {
  if (releases.contains(made)) return made;
  std::string found;
  for (const auto& [key, field] : releases) {
    if (!key.ends_with("#chart") || core::text_of(releases, key) != chart) continue;
    if (!found.empty()) return made;
    found = key.substr(0, key.size() - std::string_view("#chart").size());
  }
  return found.empty() ? made : found;
}

bool is_unchanged(const StoredRelease& stored, const HelmRendering& rendering, const HelmChart& chart) {
  if (!stored.is_deployed() || stored.content != rendering.digest || stored.config != chart.config()) return false;
  // One that Helm made does not say what it was rendered from.
  return stored.origin.empty() || stored.origin == rendering.origin || stored.manifest == rendering.manifest;
}

}  // namespace gpuctl::steps
