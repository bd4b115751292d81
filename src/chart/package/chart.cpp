#include "chart/package/chart.hpp"

#include "chart/go/path.hpp"

namespace gpuctl::chart {

namespace {

bool is_manifest(std::string_view name) {
  std::string ext(path_ext(name));
  for (auto& c : ext)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return ext == ".yaml" || ext == ".yml" || ext == ".json";
}

void collect(const Chart& chart, std::vector<CrdFile>& out) {
  for (const auto& file : *chart.files)
    if (file.name.starts_with("crds/") && is_manifest(file.name))
      out.push_back({path_join(chart.full_path(), file.name), &file});
  for (const auto* dependency : chart.dependencies) collect(*dependency, out);
}

}  // namespace

std::string Chart::full_path() const {
  return parent == nullptr ? name() : parent->full_path() + "/charts/" + name();
}

void Chart::depend_on(std::vector<Chart*> charts) {
  dependencies = std::move(charts);
  for (auto* chart : dependencies) chart->parent = this;
}

std::vector<CrdFile> crd_files(const Chart& chart) {
  std::vector<CrdFile> out;
  collect(chart, out);
  return out;
}

}  // namespace gpuctl::chart
