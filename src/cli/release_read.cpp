#include "cli/release_read.hpp"

#include <fmt/core.h>

#include "chart/go/zone_file.hpp"
#include "chart/json_out.hpp"
#include "chart/release/codec.hpp"
#include "chart/release/select.hpp"
#include "chart/yaml_out.hpp"
#include "cli/report.hpp"
#include "cli/zone.hpp"
#include "core/error.hpp"
#include "core/secret_store.hpp"
#include "view/error.hpp"

namespace gpuctl::cli {

namespace release = chart::release;

std::unique_ptr<Fleet> fleet_of(const Arguments& arguments, const World& world) {
  core::Cluster cluster;
  cluster.kubeconfig = arguments.release.kubeconfig;
  cluster.context = arguments.release.context;
  return world.fleet(arguments, cluster);
}

ReadReleases read_releases(const Arguments& arguments, World& world, Fleet& fleet, const std::string& name,
                           bool outlined) {
  const auto& own = arguments.release;
  auto& store = fleet.secrets();
  ReadReleases out;
  if (!own.all_namespaces) out.space = own.name_space.empty() ? store.own_space() : own.name_space;
  for (const auto& secret : store.secrets(out.space, release::secret_labels(name))) {
    try {
      auto one = release::decode(secret);
      out.releases.push_back(outlined ? release::outline(one) : std::move(one));
    } catch (const core::Error& error) {
      ++out.unread;
      world.err(view::error_text(error, style_for(arguments, world, world.err_is_terminal)));
    }
  }
  return out;
}

std::vector<release::Release> demanded(ReadReleases read, const std::string& name) {
  if (read.releases.empty())
    throw core::Error(core::ErrorKind::failed, fmt::format("there is no release {} in namespace {}", name, read.space),
                      {}, "gpuctl release list --all-namespaces shows where there are some");
  return std::move(read.releases);
}

std::vector<release::Release> revisions_of(const Arguments& arguments, World& world, Fleet& fleet, bool outlined) {
  const auto& name = arguments.release.name;
  return demanded(read_releases(arguments, world, fleet, name, outlined), name);
}

std::shared_ptr<const chart::go::Zone> local_zone(const World& world) {
  const auto file = zone_file(world, "Local");
  const auto zone = file ? chart::go::zone_of("Local", *file) : nullptr;
  return zone ? zone : chart::go::Zone::utc();
}

std::string json_text(const Row& row) {
  std::string out;
  for (const auto& [name, value] : row) {
    out += out.empty() ? "{" : ",";
    chart::append_json_string(out, name, true);
    out += ":" + chart::to_json(value);
  }
  return out.empty() ? "{}" : out + "}";
}

std::string rows_text(const std::vector<Row>& rows, const std::string& format) {
  if (format == "json") {
    std::string out;
    for (const auto& row : rows) out += (out.empty() ? "" : ",") + json_text(row);
    return "[" + out + "]\n";
  }
  chart::List list;
  for (const auto& row : rows) {
    chart::Map map;
    for (const auto& [name, value] : row) map.entries.emplace(name, value);
    list.items.emplace_back(std::move(map));
  }
  return chart::to_yaml(chart::Value(std::move(list)));
}

}  // namespace gpuctl::cli
