#include "chart/render/release.hpp"

#include <fmt/core.h>

#include "chart/go/path.hpp"
#include "chart/go/quote.hpp"
#include "chart/package/versions.hpp"
#include "chart/render/render.hpp"
#include "chart/values/coalesce.hpp"
#include "chart/values/dependencies.hpp"
#include "chart/values/schema.hpp"
#include "core/error.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::size_t longest_release_name = 53;
constexpr std::string_view notes_file = "NOTES.txt";

[[noreturn]] void refuse(std::string why) {
  throw core::Error(core::ErrorKind::invalid, std::move(why));
}

Value release_value(const ReleaseRequest& request) {
  Map out;
  out.entries["Name"] = Value(request.name);
  out.entries["Namespace"] = Value(request.name_space);
  out.entries["IsUpgrade"] = Value(request.is_upgrade);
  out.entries["IsInstall"] = Value(!request.is_upgrade);
  out.entries["Revision"] = Value::of_int(request.revision);
  out.entries["Service"] = Value("Helm");
  return Value(std::move(out));
}

/// Takes the notes out of the output; those of the subcharts count only where they were asked for.
std::string take_notes(std::map<std::string, std::string>& files, const Chart& chart, bool of_subcharts) {
  std::string out;
  const auto own = path_join(chart.name(), "templates/NOTES.txt");
  std::erase_if(files, [&](const auto& file) {
    if (!file.first.ends_with(notes_file)) return false;
    if (of_subcharts || file.first == own) {
      if (!out.empty()) out += '\n';
      out += file.second;
    }
    return true;
  });
  return out;
}

bool is_release_name(const std::string& name) {
  return name.size() <= longest_release_name && util::is_dns_subdomain(name);
}

}  // namespace

void check_release_name(const std::string& name) {
  if (is_release_name(name)) return;
  const auto why =
      name.empty()
          ? std::string("no name provided")
          : fmt::format("invalid release name, must match regex {} and the length must not be longer than {}",
                        R"(^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)", longest_release_name);
  throw core::Error(core::ErrorKind::usage,
                    fmt::format("release name check failed: release name {}: {}", go::quoted(name), why));
}

void check_installable(const Chart& chart) {
  const auto& type = chart.metadata->type;
  if (!type.empty() && type != "application") refuse(type + " charts are not installable");
  check_dependencies(chart);
}

Rendered render_release(ChartTree& tree, const ReleaseRequest& request, const Surroundings& world) {
  try {
    process_dependencies(tree, *request.values, world.warn);
  } catch (const core::Error& error) {
    refuse("chart dependencies processing failed: " + error.message());
  }
  const auto& chart = tree.root();
  Rendered out;
  out.values = coalesced(chart, *request.values, Nulls::take_away, world.warn);
  if (!request.skip_schema) check_schemas(chart, *out.values, world.warn);
  const auto& kube = request.capabilities.kube;
  const auto& wanted = chart.metadata->kube_version;
  if (!wanted.empty() && !in_range(wanted, kube.text()))
    refuse(
        fmt::format("chart requires kubeVersion: {} which is incompatible with Kubernetes {}", wanted, kube.version));
  const Top top{out.values, release_value(request), capabilities_value(request.capabilities)};
  auto files = render_templates(chart, top, world);
  out.notes = take_notes(files, chart, request.subchart_notes);
  auto sorted = sort_manifests(files);
  out.manifests = std::move(sorted.manifests);
  out.hooks = std::move(sorted.hooks);
  out.crds = crd_files(chart);
  return out;
}

}  // namespace gpuctl::chart
