#include "chart/package/metadata.hpp"

#include <fmt/core.h>

#include "chart/package/decode.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

[[noreturn]] void fail_validation(std::string why) {
  throw core::Error(core::ErrorKind::invalid, "validation: " + std::move(why));
}

Dependency dependency_of(const Value& value) {
  if (value.is_nil()) fail_validation("dependencies must not contain empty or null nodes");
  Dependency out;
  const Fields fields(value, "Dependency", "dependencies");
  fields.read("name", out.name);
  fields.read("version", out.version);
  fields.read("repository", out.repository);
  fields.read("condition", out.condition);
  fields.read("tags", out.tags);
  fields.read("enabled", out.enabled);
  fields.read("import-values", out.import_values);
  fields.read("alias", out.alias);
  return out;
}

Maintainer maintainer_of(const Value& value) {
  if (value.is_nil()) fail_validation("maintainers must not contain empty or null nodes");
  Maintainer out;
  const Fields fields(value, "Maintainer", "maintainers");
  fields.read("name", out.name);
  fields.read("email", out.email);
  fields.read("url", out.url);
  return out;
}

}  // namespace

bool Metadata::is_library() const {
  std::string lower = type;
  for (auto& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower == "library";
}

void read_metadata(const Value& yaml, Metadata& out) {
  const Fields fields(yaml, "Metadata");
  fields.read("name", out.name);
  fields.read("home", out.home);
  fields.read("sources", out.sources);
  fields.read("version", out.version);
  fields.read("description", out.description);
  fields.read("keywords", out.keywords);
  fields.read("icon", out.icon);
  fields.read("apiVersion", out.api_version);
  fields.read("condition", out.condition);
  fields.read("tags", out.tags);
  fields.read("appVersion", out.app_version);
  fields.read("deprecated", out.deprecated);
  fields.read("annotations", out.annotations);
  fields.read("kubeVersion", out.kube_version);
  fields.read("type", out.type);
  if (const auto* list = fields.list("maintainers", "[]*v2.Maintainer")) {
    out.maintainers.clear();
    for (const auto& item : list->items) out.maintainers.push_back(maintainer_of(item));
  }
  if (const auto* list = fields.list("dependencies", "[]*v2.Dependency")) {
    out.dependencies.emplace();
    for (const auto& item : list->items) out.dependencies->push_back(dependency_of(item));
  }
}

}  // namespace gpuctl::chart
