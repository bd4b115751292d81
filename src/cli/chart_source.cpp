#include "cli/chart_source.hpp"

#include <fmt/core.h>

#include "chart/go/quote.hpp"
#include "chart/go/space.hpp"
#include "chart/package/load.hpp"
#include "cli/chart_disk.hpp"
#include "cli/chart_vendor.hpp"
#include "core/error.hpp"

namespace gpuctl::cli {

chart::Remote& ChartSource::remote() {
  if (remote_) return *remote_;
  const auto& from = arguments_.source;
  chart::RemoteOptions options;
  options.access = from.access;
  options.access.password = core::Secret(from.password);
  options.refresh = !from.skip_refresh;
  options.time = std::chrono::seconds(from.fetch_timeout_s);
  remote_ = world_.remote(options);
  return *remote_;
}

chart::ReadAddress ChartSource::values() {
  return [this](const std::string& address, std::size_t most) { return remote().text(address, most); };
}

void ChartSource::locate() {
  const auto& from = arguments_.source;
  std::string name(chart::go::trim_space(arguments_.positional.back()));
  std::string version(chart::go::trim_space(from.version));
  if (version.empty() && from.devel) version = ">0.0.0-0";
  ChartDisk disk;
  if (from.repository.empty()) {
    const bool there = disk.look(name) != chart::Disk::What::nothing;
    if (there || name.starts_with('/') || name.starts_with('.')) {
      while (name.size() > 1 && name.ends_with('/')) name.pop_back();
      if (!there)
        throw core::Error(core::ErrorKind::invalid, fmt::format("path {} not found", chart::go::quoted(name)));
      path_ = name;
      return;
    }
  }
  fetched_ = remote().fetch({name, from.repository, version});
}

chart::Files ChartSource::files() const {
  ChartDisk disk;
  return path_.empty() ? chart::packed_files(fetched_.bytes, fetched_.from) : chart::chart_files(disk, path_);
}

std::unique_ptr<chart::ChartTree> ChartSource::load(const chart::Warn& warn) const {
  return chart::load_files(files(), warn);
}

void ChartSource::update_dependencies(const chart::Warn& say) {
  ChartDisk disk;
  if (path_.empty())
    throw core::Error(core::ErrorKind::invalid,
                      fmt::format("{} is packed, and only unpacked charts can be updated", fetched_.from));
  write_vendored(path_, chart::Vendoring(disk, remote(), path_, say).update(lock_time()));
}

}  // namespace gpuctl::cli
