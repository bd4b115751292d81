#include "chart/source/vendor.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "chart/go/path.hpp"
#include "chart/go/quote.hpp"
#include "chart/package/folder.hpp"
#include "chart/package/load.hpp"
#include "chart/package/pack.hpp"
#include "chart/package/versions.hpp"
#include "chart/version.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::string_view file_scheme = "file://";

[[noreturn]] void refuse_vendoring(std::string why, std::string hint = {}) {
  throw core::Error(core::ErrorKind::invalid, std::move(why), {}, std::move(hint));
}

void check_range(const Dependency& dependency) {
  try {
    const VersionRange range(dependency.version);
  } catch (const VersionError& error) {
    refuse_vendoring(fmt::format("dependency {} has an invalid version/constraint format: {}",
                                 go::quoted(dependency.name), error.what()));
  }
}

}  // namespace

Vendoring::Vendoring(Disk& disk, Remote& remote, std::string folder, Warn say)
    : disk_(disk), remote_(remote), folder_(std::move(folder)), say_(std::move(say)) {
  const auto what = disk_.look(folder_);
  if (what == Disk::What::nothing)
    refuse_vendoring(fmt::format("could not find {}: no such file or directory", folder_));
  if (what != Disk::What::folder) refuse_vendoring("only unpacked charts can be updated");
  chart_ = load_chart(disk_, folder_, say_);
  wanted_ = chart_->root().metadata->dependencies;
}

std::string Vendoring::lock_name() const {
  return chart_->root().metadata->api_version == "v1" ? "requirements.lock" : "Chart.lock";
}

std::optional<Lock> Vendoring::lock() {
  const auto path = folder_ + "/" + lock_name();
  if (disk_.look(path) == Disk::What::nothing) return {};
  return read_lock(disk_.read(path, most_file_bytes));
}

/// Names of Helm's file become the addresses that they stand for, in the lock's digest as well.
void Vendoring::name_repositories() {
  for (auto& dependency : *wanted_)
    if (dependency.repository.starts_with('@') || dependency.repository.starts_with("alias:"))
      dependency.repository = remote_.address_of(dependency.repository);
}

std::string Vendoring::local(const std::string& repository) const {
  const auto path = repository.starts_with(file_scheme) ? repository.substr(file_scheme.size()) : repository;
  const auto out = path.starts_with('/') ? path_clean(path) : path_join(folder_, path);
  if (disk_.look(out) == Disk::What::nothing) refuse_vendoring(fmt::format("directory {} not found", out));
  return out;
}

std::unique_ptr<ChartTree> Vendoring::load(const std::string& path) {
  if (disk_.look(path) != Disk::What::folder) refuse_vendoring(fmt::format("directory {} not found", path));
  return load_chart(disk_, path, say_);
}

Dependency Vendoring::resolved(const Dependency& wanted) {
  check_range(wanted);
  Dependency out;
  out.name = wanted.name;
  out.repository = wanted.repository;
  out.version = wanted.version;
  if (wanted.repository.empty()) {
    local("charts/" + wanted.name);
  } else if (wanted.repository.starts_with(file_scheme)) {
    out.version = load(local(wanted.repository))->root().metadata->version;
    if (!in_range(wanted.version, out.version))
      refuse_vendoring(fmt::format("can't get a valid version for dependency {}: {} has {}, wanted {}", wanted.name,
                                   wanted.repository, out.version, wanted.version));
  } else {
    out.version = remote_.version({wanted.name, wanted.repository, wanted.version});
  }
  return out;
}

Vendored Vendoring::update(const std::string& now) {
  if (!wanted_) return {};
  name_repositories();
  std::vector<Dependency> locked;
  for (const auto& wanted : *wanted_) {
    try {
      locked.push_back(resolved(wanted));
    } catch (core::Error& error) {
      throw error.add_trace(fmt::format("for dependency {} of {}", wanted.name, folder_));
    }
  }
  auto out = brought(locked);
  Lock fresh{now, lock_digest(wanted_, locked), locked};
  const auto old = lock();
  if (!old || old->digest != fresh.digest) out.lock.emplace(lock_name(), lock_text(fresh));
  return out;
}

Vendored Vendoring::build(const std::string& now) {
  auto found = lock();
  if (!found) return update(now);
  const bool v1 = chart_->root().metadata->api_version == "v1";
  const auto old = old_lock_digest(wanted_);
  if (wanted_) name_repositories();
  if (found->digest != lock_digest(wanted_, found->dependencies) && !(v1 && found->digest == old))
    refuse_vendoring(fmt::format("the lock file ({}) is out of sync with the dependencies file ({}). Please update the "
                                 "dependencies",
                                 lock_name(), v1 ? "requirements.yaml" : "Chart.yaml"),
                     fmt::format("gpuctl chart dependency update {}", folder_));
  auto locked = found->dependencies.value_or(std::vector<Dependency>());
  return brought(locked);
}

Vendored Vendoring::brought(std::vector<Dependency>& locked) {
  const auto charts = folder_ + "/charts";
  if (const auto what = disk_.look(charts); what != Disk::What::folder && what != Disk::What::nothing)
    refuse_vendoring(fmt::format("{} is not a directory", go::quoted(charts)));
  say_(fmt::format("Saving {} charts", locked.size()));
  Vendored out;
  for (auto& dependency : locked) {
    try {
      bring(dependency, out);
    } catch (core::Error& error) {
      throw error.add_trace(fmt::format("for dependency {} of {}", dependency.name, folder_));
    }
  }
  say_("Deleting outdated charts");
  find_outdated(locked, out);
  return out;
}

/// One that names no repository lies in charts/ and is only looked at.
void Vendoring::check_here(const Dependency& dependency) {
  say_(fmt::format("Dependency {} did not declare a repository. Assuming it exists in the charts directory",
                   dependency.name));
  const auto tree = load(folder_ + "/charts/" + dependency.name);
  const auto& version = tree->root().metadata->version;
  check_range(dependency);
  if (!in_range(dependency.version, version))
    refuse_vendoring(fmt::format("dependency {} at version {} does not satisfy the constraint {}", dependency.name,
                                 version, dependency.version));
}

void Vendoring::bring(Dependency& locked, Vendored& out) {
  if (locked.repository.empty()) return check_here(locked);
  if (locked.repository.starts_with(file_scheme)) {
    const auto path = local(locked.repository);
    const auto tree = load(path);
    const auto& metadata = *tree->root().metadata;
    check_range(locked);
    if (!in_range(locked.version, metadata.version))
      refuse_vendoring(fmt::format("can't get a valid version for dependency {}", locked.name));
    locked.version = metadata.version;
    out.charts.push_back(
        {fmt::format("{}-{}.tgz", metadata.name, metadata.version), pack(metadata.name, read_folder(disk_, path))});
    return;
  }
  const auto what = fmt::format("{}\n{}\n{}", locked.name, locked.repository, locked.version);
  if (std::find(fetched_.begin(), fetched_.end(), what) != fetched_.end())
    return say_(fmt::format("Already downloaded {} from repo {}", locked.name, locked.repository));
  say_(fmt::format("Downloading {} from repo {}", locked.name, locked.repository));
  auto fetched = remote_.fetch({locked.name, locked.repository, locked.version});
  load_packed(fetched.bytes, fetched.from, say_);
  if (fetched.file.empty() || fetched.file.find('/') != std::string::npos)
    refuse_vendoring(fmt::format("{} names no file", fetched.from));
  out.charts.push_back({std::move(fetched.file), std::move(fetched.bytes)});
  fetched_.push_back(what);
}

void Vendoring::find_outdated(const std::vector<Dependency>& locked, Vendored& out) {
  const auto charts = folder_ + "/charts";
  if (disk_.look(charts) == Disk::What::nothing) return;
  for (const auto& entry : disk_.entries(charts)) {
    const bool fresh =
        std::any_of(out.charts.begin(), out.charts.end(), [&](const File& chart) { return chart.name == entry.name; });
    if (fresh || entry.what != Disk::What::file) continue;
    const auto path = charts + "/" + entry.name;
    try {
      const auto tree = load_packed(disk_.read(path, most_chart_bytes), path, [](const std::string&) {});
      const bool kept = std::any_of(locked.begin(), locked.end(), [&](const Dependency& dependency) {
        return dependency.repository.empty() && dependency.name == tree->root().name();
      });
      if (!kept) out.outdated.push_back(entry.name);
    } catch (const core::Error& error) {
      say_(fmt::format("Could not verify {} for deletion: {} (Skipping)", path, error.message()));
    }
  }
}

}  // namespace gpuctl::chart
