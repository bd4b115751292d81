#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chart/go/calendar.hpp"
#include "chart/release/release.hpp"
#include "cli/world.hpp"

namespace gpuctl::cli {

/// The way to the cluster that the options name. One is enough for all that a command asks: each is a connection of its
/// own, and asks for its credentials anew.
std::unique_ptr<Fleet> fleet_of(const Arguments&, const World&);

/// The releases of a cluster, as far as they can be read.
struct ReadReleases {
  std::string space;  ///< where was looked; empty: in all namespaces
  std::vector<chart::release::Release> releases;
  std::size_t unread = 0;  ///< how many Secrets hold none that can be read; each is told of on standard error
};

/// All revisions of all releases, or of one; `outlined`: with what a list shows of them alone.
ReadReleases read_releases(const Arguments&, World&, Fleet&, const std::string& name, bool outlined);

/// The revisions that were read of a release. Throws core::Error{failed}: there are none.
std::vector<chart::release::Release> demanded(ReadReleases read, const std::string& name);

/// The revisions of the release that is named. Throws core::Error{failed}: there is none.
std::vector<chart::release::Release> revisions_of(const Arguments&, World&, Fleet&, bool outlined);

/// The time zone of this machine.
std::shared_ptr<const chart::go::Zone> local_zone(const World&);

/// Objects in Helm's order of fields, as its -o json and -o yaml print them.
using Row = std::vector<std::pair<const char*, chart::Value>>;
std::string json_text(const Row&);
std::string rows_text(const std::vector<Row>&, const std::string& format);

}  // namespace gpuctl::cli
