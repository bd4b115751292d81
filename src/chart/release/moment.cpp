#include "chart/release/moment.hpp"

#include "chart/go/layout.hpp"

namespace gpuctl::chart::release {

std::optional<go::Moment> moment_of(const Stamp& stamp, const std::shared_ptr<const go::Zone>& local) {
  if (stamp.empty()) return {};
  return go::parse_time("2006-01-02T15:04:05Z07:00", stamp, local);
}

Stamp stamp_of(const go::Moment& moment) {
  return go::format_time(moment, "2006-01-02T15:04:05.999999999Z07:00");
}

}  // namespace gpuctl::chart::release
