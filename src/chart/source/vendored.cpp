#include <fmt/core.h>

#include <algorithm>

#include "chart/go/path.hpp"
#include "chart/go/quote.hpp"
#include "chart/package/load.hpp"
#include "chart/package/versions.hpp"
#include "chart/source/choose.hpp"
#include "chart/source/vendor.hpp"
#include "chart/version.hpp"
#include "core/error.hpp"

// What lies in charts/, against what Chart.yaml says.

namespace gpuctl::chart {

namespace {

const Warn silent = [](const std::string&) {};

bool is_range(const std::string& text) {
  try {
    const VersionRange range(text);
    return true;
  } catch (const VersionError&) {
    return false;
  }
}

/// Why a version is not the one that is wanted; empty where it is.
std::string wrong(const std::string& version, const Dependency& wanted) {
  if (version == wanted.version) return "";
  if (!is_range(wanted.version) || !is_version(version)) return "invalid version";
  return in_range(wanted.version, version) ? "" : "wrong version";
}

std::string archive_status(Disk& disk, const std::string& path, const Dependency& wanted) {
  try {
    const auto tree = load_chart(disk, path, silent);
    if (tree->root().name() != wanted.name) return "misnamed";
    const auto why = wrong(tree->root().metadata->version, wanted);
    return why.empty() ? "ok" : why;
  } catch (const core::Error&) {
    return "corrupt";
  }
}

std::string status(Disk& disk, const std::string& path, const Chart& chart, const Dependency& wanted) {
  std::vector<std::string> archives, versions;
  const auto folder = path + "/charts";
  if (disk.look(path) == Disk::What::folder && disk.look(folder) == Disk::What::folder)
    for (const auto& entry : disk.entries(folder))
      if (path_match(wanted.name + "-*.tgz", entry.name).value_or(false)) archives.push_back(folder + "/" + entry.name);
  if (archives.size() > 1) {
    // Of several only those count whose name goes on with a version: `a-1.0.0.tgz` and not `a-b-1.0.0.tgz`.
    std::erase_if(archives, [&](const std::string& archive) {
      const auto from = folder.size() + 1 + wanted.name.size() + 1;
      return !version_of_tag(archive.substr(from, archive.size() - 4 - from)).has_value();
    });
    if (archives.size() > 1) return "too many matches";
  }
  if (archives.size() == 1) return archive_status(disk, archives.front(), wanted);
  const Chart* found = nullptr;
  for (const auto* there : chart.dependencies)
    if (there->name() == wanted.name) found = there;
  if (found == nullptr) return "missing";
  const auto why = wrong(found->metadata->version, wanted);
  return why.empty() ? "unpacked" : why;
}

}  // namespace

std::vector<std::vector<std::string>> dependency_rows(Disk& disk, const std::string& path, const Chart& chart) {
  std::vector<std::vector<std::string>> out;
  for (const auto& wanted : chart.metadata->dependencies.value_or(std::vector<Dependency>()))
    out.push_back({wanted.name, wanted.version, wanted.repository, status(disk, path, chart, wanted)});
  return out;
}

std::vector<std::string> stray_charts(Disk& disk, const std::string& path, const Chart& chart) {
  std::vector<std::string> out;
  const auto folder = path + "/charts";
  if (disk.look(path) != Disk::What::folder || disk.look(folder) != Disk::What::folder) return out;
  const auto wanted = chart.metadata->dependencies.value_or(std::vector<Dependency>());
  for (const auto& entry : disk.entries(folder)) {
    if (entry.what != Disk::What::folder && path_ext(entry.name) != ".tgz") continue;
    const auto file = path_join(folder, entry.name);
    try {
      const auto tree = load_chart(disk, file, silent);
      const bool named = std::any_of(wanted.begin(), wanted.end(),
                                     [&](const Dependency& one) { return one.name == tree->root().name(); });
      if (!named) out.push_back(fmt::format("WARNING: {} is not in Chart.yaml.", go::quoted(file)));
    } catch (const core::Error&) {
      out.push_back(fmt::format("WARNING: {} is not a chart.", go::quoted(file)));
    }
  }
  return out;
}

}  // namespace gpuctl::chart
