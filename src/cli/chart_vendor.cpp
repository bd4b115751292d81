#include "cli/chart_vendor.hpp"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "chart/release/moment.hpp"
#include "cli/disk.hpp"
#include "core/error.hpp"

namespace gpuctl::cli {

namespace {

constexpr unsigned mode = 0644;

[[noreturn]] void cannot_vendor(const char* what, const std::string& path) {
  throw core::Error(core::ErrorKind::failed, fmt::format("cannot {} {}: {}", what, path, std::strerror(errno)));
}

}  // namespace

void write_vendored(const std::string& folder, const chart::Vendored& vendored) {
  const auto charts = folder + "/charts";
  if (!vendored.charts.empty() && ::mkdir(charts.c_str(), 0755) != 0 && errno != EEXIST) cannot_vendor("make", charts);
  for (const auto& chart : vendored.charts) put_file(charts + "/" + chart.name, chart.data, mode);
  for (const auto& name : vendored.outdated) {
    const auto path = charts + "/" + name;
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) cannot_vendor("remove", path);
  }
  if (!vendored.lock) return;
  const auto path = folder + "/" + vendored.lock->first;
  struct stat there{};
  if (::lstat(path.c_str(), &there) == 0 && S_ISLNK(there.st_mode))
    throw core::Error(core::ErrorKind::failed,
                      fmt::format("the {} file is a symlink, and is not written through", vendored.lock->first));
  put_file(path, vendored.lock->second, mode);
}

std::string lock_time() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
  chart::go::Moment moment;
  moment.seconds = seconds.count();
  moment.nanoseconds = static_cast<std::int32_t>(std::chrono::nanoseconds(since - seconds).count());
  return chart::release::stamp_of(moment);
}

}  // namespace gpuctl::cli
