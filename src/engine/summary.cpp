#include "engine/summary.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "util/strings.hpp"

namespace gpuctl::engine {

namespace {

std::string system_of(const core::Record& platform) {
  const auto name = core::text_of(platform, "name");
  const auto version = core::text_of(platform, "version");
  if (name.empty()) return core::text_of(platform, "id") + " " + version;
  return name.find(version) == std::string::npos ? name + " " + version : name;
}

/// The GPUs, as nvidia-smi lists what some step asked it for.
struct Gpus {
  std::vector<std::string> models;
  std::string driver;
};

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out;
  for (const auto& cell : util::split(line, ',')) out.emplace_back(util::trim(cell));
  return out;
}

/// The columns of `--query-gpu=name,memory.total,…`; empty when the command asks for none.
std::vector<std::string> columns_of(const core::Command& command) {
  constexpr std::string_view option = "--query-gpu=";
  for (const auto& word : command.argv)
    if (word.starts_with(option)) return cells(word.substr(option.size()));
  return {};
}

std::string with_unit(const std::string& memory) {
  return memory.find(' ') == std::string::npos ? memory + " MiB" : memory;
}

Gpus listed(const std::vector<std::string>& columns, const std::string& table) {
  Gpus out;
  for (const auto& line : util::lines(table)) {
    const auto row = cells(line);
    if (row.size() != columns.size()) continue;
    std::string model;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (columns[i] == "name") model = row[i];
      if (columns[i] == "memory.total") model += ", " + with_unit(row[i]);
      if (columns[i] == "driver_version") out.driver = row[i];
    }
    if (!model.empty()) out.models.push_back(model);
  }
  return out;
}

Gpus gpus_of(const core::Facts& facts) {
  for (const auto& [probe, answer] : facts.all()) {
    const auto* command = std::get_if<core::Command>(&probe);
    const auto* record = std::get_if<core::Record>(&answer);
    if (!command || !record || core::text_of(*record, "exit") != "0") continue;
    const auto columns = columns_of(*command);
    if (!columns.empty()) return listed(columns, core::text_of(*record, "stdout"));
  }
  return {};
}

/// `2 × NVIDIA H200, 143771 MiB` where all are of one kind, else the first and how many more.
std::string in_words(const std::vector<std::string>& models) {
  if (models.size() < 2) return models.empty() ? "" : models.front();
  if (std::ranges::all_of(models, [&](const auto& model) { return model == models.front(); }))
    return fmt::format("{} × {}", models.size(), models.front());
  return fmt::format("{} and {} more", models.front(), models.size() - 1);
}

std::string summary_of_cluster(const core::Record& server) {
  std::vector<std::string> parts;
  for (const auto* key : {"url", "version"})
    if (const auto text = core::text_of(server, key); !text.empty()) parts.push_back(text);
  if (const auto through = core::text_of(server, "through"); !through.empty()) parts.push_back("through " + through);
  return util::join(parts, " · ");
}

}  // namespace

std::string summary_of(const core::Facts& facts) {
  if (const auto* server = facts.record(core::KubeServer{})) return summary_of_cluster(*server);
  const auto* platform = facts.record(core::Platform{});
  if (!platform) return {};
  std::vector<std::string> parts;
  const auto gpus = gpus_of(facts);
  for (const auto& part : {std::string(util::trim(system_of(*platform))), core::text_of(*platform, "kernel"),
                           in_words(gpus.models), gpus.driver.empty() ? "" : "driver " + gpus.driver})
    if (!part.empty()) parts.push_back(part);
  return util::join(parts, " · ");
}

}  // namespace gpuctl::engine
