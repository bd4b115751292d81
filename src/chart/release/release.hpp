#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chart/package/file.hpp"
#include "chart/value.hpp"

namespace gpuctl::chart::release {

/// A time as it is stored, in RFC 3339; empty where there is none. moment.hpp reads it.
using Stamp = std::string;

/// How a release stands, besides what is in it.
struct Info {
  Stamp first_deployed, last_deployed, deleted;
  std::string description;
  std::string status;  ///< `deployed`, `superseded`, `pending-upgrade` …
  std::string notes;
};

/// How a hook last went.
struct HookRun {
  Stamp started, completed;
  std::string phase;  ///< `Succeeded`, `Failed`, `Running`, `Unknown`; empty: it never ran
};

struct Hook {
  std::string name, kind;
  std::string path;  ///< the template's, within the charts
  std::string manifest;
  std::vector<std::string> events;
  HookRun last_run;
  std::int64_t weight = 0;
  std::vector<std::string> delete_policies, output_log_policies;
};

struct StoredFile {
  File file;
  Stamp modified;
};

/// The chart that was released, as Helm keeps it: without the charts that it depends on.
struct StoredChart {
  Value metadata;  ///< Chart.yaml's fields
  Value lock;      ///< nil: the chart has none
  std::vector<StoredFile> templates, files;
  Value values;
  std::optional<std::string> schema;
  Stamp schema_modified, modified;

  /// A text of the metadata (`name`, `version`, `appVersion`); empty where it is not there.
  std::string text(std::string_view field) const;
};

/// One revision of a release: what is in its Secret. A value; copies share their maps.
struct Release {
  std::string name, name_space;
  std::int64_t version = 0;
  Info info;
  std::optional<StoredChart> chart;
  Value config;  ///< the user's values; nil: there were none
  std::string manifest;
  std::vector<Hook> hooks;
  std::string apply_method;                   ///< `ssa`, `csa`; empty: csa
  std::map<std::string, std::string> labels;  ///< the user's own
};

/// As helm list shows a release's chart: `gpu-operator-v25.10.1`, `MISSING` where there is no chart.
std::string chart_label(const Release&);
/// The version of what is in the chart; `MISSING` where there is no chart.
std::string app_version(const Release&);

}  // namespace gpuctl::chart::release
