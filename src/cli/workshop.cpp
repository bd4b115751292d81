#include "cli/workshop.hpp"

#include <fmt/core.h>
#include <sys/random.h>

#include "chart/package/load.hpp"
#include "chart/source/choose.hpp"
#include "cli/chart_disk.hpp"
#include "cli/zone.hpp"

namespace gpuctl::cli {

namespace {

class Machine : public core::Workshop {
 public:
  explicit Machine(const World& world) : world_(world) {}
  std::chrono::system_clock::time_point now() override { return std::chrono::system_clock::now(); }
  void random(std::span<unsigned char> out) override { random_bytes(out); }
  std::optional<std::string> zone(const std::string& name) override { return zone_file(world_, name); }
  core::Seal& seal() override { return *world_.seal; }
  bool is_for_later() const override { return world_.is_for_later; }

 private:
  const World& world_;
};

/// An index that is kept from an earlier run will do where it has the very version: what that is does not change. What
/// a range has come to may.
chart::Files fetched(const core::ChartRef& ref, const World& world) {
  const auto fetch = [&](bool refresh) {
    chart::RemoteOptions options;
    options.refresh = refresh;
    const auto found = world.remote(options)->fetch(ref);
    return chart::packed_files(found.bytes, found.from);
  };
  if (!chart::is_exact(ref.version)) return fetch(true);
  try {
    return fetch(false);
  } catch (const core::Error& error) {
    if (error.kind() == core::ErrorKind::interrupted) throw;
    return fetch(true);
  }
}

}  // namespace

std::shared_ptr<core::Workshop> make_workshop(const World& world) {
  return std::make_shared<Machine>(world);
}

void random_bytes(std::span<unsigned char> out) {
  while (!out.empty()) {
    // More than 256 bytes may come in parts.
    const auto got = ::getrandom(out.data(), out.size(), 0);
    if (got > 0) out = out.subspan(static_cast<std::size_t>(got));
  }
}

std::vector<core::ChartFile> chart_files(const core::ChartRef& ref, const std::string& folder, const World& world) {
  ChartDisk disk;
  const auto path = ref.chart.starts_with('/') ? ref.chart : folder + ref.chart;
  const bool here =
      ref.repository.empty() && (ref.chart.starts_with('.') || disk.look(path) != chart::Disk::What::nothing);
  auto files = here ? chart::chart_files(disk, path) : fetched(ref, world);
  std::vector<core::ChartFile> out;
  for (auto& file : files) out.push_back({std::move(file.name), std::move(file.data)});
  return out;
}

}  // namespace gpuctl::cli
