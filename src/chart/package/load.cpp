#include "chart/package/load.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "chart/go/path.hpp"
#include "chart/go/quote.hpp"
#include "chart/package/archive.hpp"
#include "chart/package/decode.hpp"
#include "chart/package/folder.hpp"
#include "chart/package/read_yaml.hpp"
#include "chart/values/documents.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

/// Charts in charts in charts: each level of archives may unpack 100 MiB.
constexpr int deepest_subchart = 32;

[[noreturn]] void refuse_package(std::string why) {
  throw core::Error(core::ErrorKind::invalid, std::move(why));
}

/// Runs `work`; what it throws is told with `what` before it.
template <class Work>
auto told(const std::string& what, const Work& work) {
  try {
    return work();
  } catch (const core::Error& error) {
    throw core::Error(error.kind(), what + ": " + error.message(), {}, error.hint());
  }
}

class Loader {
 public:
  Loader(ChartTree& tree, const Warn& warn) : tree_(tree), warn_(warn) {}

  Chart& load(Files files, int depth) {
    if (depth > deepest_subchart) refuse_package(fmt::format("charts go deeper than {}", deepest_subchart));
    Parts parts;
    Chart& chart = tree_.add({});
    for (const auto& file : files)
      if (file.name == "Chart.yaml") read_chart_yaml(chart, file);
    for (auto& file : files) sort(chart, std::move(file), parts);
    if (!chart.metadata) refuse_package("Chart.yaml file is missing");
    validate(*chart.metadata);
    chart.templates = std::make_shared<const Files>(std::move(parts.templates));
    chart.files = std::make_shared<const Files>(std::move(parts.files));
    std::vector<Chart*> dependencies;
    for (auto& [name, inner] : parts.charts)
      if (!name.starts_with('_') && !name.starts_with('.'))
        dependencies.push_back(&dependency(chart, name, std::move(inner), depth + 1));
    chart.depend_on(std::move(dependencies));
    return chart;
  }

 private:
  struct Parts {
    Files templates;
    Files files;
    std::map<std::string, Files> charts;  ///< by the folder or archive in charts/ that they are in
  };

  static void read_chart_yaml(Chart& chart, const File& file) {
    if (!chart.metadata) chart.metadata = std::make_shared<Metadata>();
    told("cannot load Chart.yaml", [&] { read_metadata(read_yaml(file.data), *chart.metadata); });
    if (chart.metadata->api_version.empty()) chart.metadata->api_version = "v1";
  }

  void sort(Chart& chart, File file, Parts& parts) {
    if (file.name == "Chart.yaml") return;
    if (file.name == "Chart.lock") {
      told("cannot load Chart.lock", [&] { Fields(read_yaml(file.data), "Lock"); });
    } else if (file.name == "values.yaml") {
      chart.values = told("cannot load values.yaml", [&] { return read_documents(file.data); });
    } else if (file.name == "values.schema.json") {
      chart.schema = std::move(file.data);
    } else if (file.name == "requirements.yaml" || file.name == "requirements.lock") {
      requirements(chart, std::move(file), parts);
    } else if (file.name.starts_with("templates/")) {
      parts.templates.push_back(std::move(file));
    } else if (file.name.starts_with("charts/") && path_ext(file.name) != ".prov") {
      file.name.erase(0, 7);
      parts.charts[file.name.substr(0, file.name.find('/'))].push_back(std::move(file));
    } else {
      parts.files.push_back(std::move(file));
    }
  }

  /// How charts said what they depend on before Chart.yaml could.
  void requirements(Chart& chart, File file, Parts& parts) {
    const bool lock = file.name == "requirements.lock";
    if (!chart.metadata) chart.metadata = std::make_shared<Metadata>();
    const bool old = chart.metadata->api_version == "v1";
    if (!old)
      warn_(
          lock ? "Warning: Dependency locking is handled in Chart.lock since apiVersion \"v2\". We recommend migrating "
                 "to Chart.lock."
               : "Warning: Dependencies are handled in Chart.yaml since apiVersion \"v2\". We recommend migrating "
                 "dependencies to Chart.yaml.");
    told("cannot load " + file.name, [&] {
      const auto yaml = read_yaml(file.data);
      if (lock)
        Fields(yaml, "Lock");
      else
        read_metadata(yaml, *chart.metadata);
    });
    if (old) parts.files.push_back(std::move(file));
  }

  Chart& dependency(const Chart& in, const std::string& name, Files files, int depth) {
    return *told(fmt::format("error unpacking subchart {} in {}", name, in.name()), [&]() -> Chart* {
      if (path_ext(name) == ".tgz") {
        if (files[0].name != name)
          refuse_package(
              fmt::format("error unpacking subchart tar in {}: expected {}, got {}", in.name(), name, files[0].name));
        return &load(read_archive(files[0].data), depth);
      }
      Files inner;
      for (auto& file : files) {
        const auto slash = file.name.find('/');
        if (slash != std::string::npos) inner.push_back({file.name.substr(slash + 1), std::move(file.data)});
      }
      return &load(std::move(inner), depth);
    });
  }

  ChartTree& tree_;
  const Warn& warn_;
};

Files packed(const std::string& bytes, const std::string& path) {
  if (!is_gzip(bytes)) {
    if (path.ends_with(".yml") || path.ends_with(".yaml"))
      refuse_package(fmt::format("file '{}' seems to be a YAML file, but expected a gzipped archive", path));
    refuse_package(fmt::format("file '{}' does not appear to be a gzipped archive", path));
  }
  auto files = told("unable to load chart archive", [&] { return read_archive(bytes); });
  if (std::none_of(files.begin(), files.end(), [](const File& file) { return file.name == "Chart.yaml"; }))
    refuse_package("unable to detect chart version, no Chart.yaml found");
  return files;
}

void check_version(const Files& files) {
  for (const auto& file : files) {
    if (file.name != "Chart.yaml") continue;
    std::string version;
    told("cannot load Chart.yaml", [&] { Fields(read_yaml(file.data), "chartBase").read("apiVersion", version); });
    if (!version.empty() && version != "v1" && version != "v2") refuse_package("unsupported chart version");
    return;
  }
}

}  // namespace

std::unique_ptr<ChartTree> load_files(Files files, const Warn& warn) {
  auto tree = std::make_unique<ChartTree>();
  tree->set_root(Loader(*tree, warn).load(std::move(files), 0));
  return tree;
}

Files packed_files(const std::string& bytes, const std::string& name) {
  auto files = packed(bytes, name);
  check_version(files);
  return files;
}

std::unique_ptr<ChartTree> load_packed(const std::string& bytes, const std::string& name, const Warn& warn) {
  return load_files(packed_files(bytes, name), warn);
}

Files chart_files(Disk& disk, const std::string& path) {
  const auto what = disk.look(path);
  if (what == Disk::What::nothing) refuse_package(fmt::format("path {} not found", go::quoted(path)));
  if (what == Disk::What::folder && disk.look(path + "/Chart.yaml") == Disk::What::nothing)
    refuse_package(
        fmt::format("unable to detect chart at {0}/Chart.yaml: open {0}/Chart.yaml: no such file or directory", path));
  auto files = what == Disk::What::folder ? read_folder(disk, path) : packed(disk.read(path, most_chart_bytes), path);
  check_version(files);
  return files;
}

std::unique_ptr<ChartTree> load_chart(Disk& disk, const std::string& path, const Warn& warn) {
  return load_files(chart_files(disk, path), warn);
}

}  // namespace gpuctl::chart
