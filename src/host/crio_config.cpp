#include "host/crio_config.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "util/strings.hpp"

namespace gpuctl::host {

namespace {

/// The root first, then by name, folder by folder.
std::vector<std::string> in_order(const std::map<std::string, std::string>& files) {
  std::vector<std::string> out;
  for (const auto& [path, text] : files) out.push_back(path);
  std::ranges::sort(out, [](const std::string& a, const std::string& b) {
    if ((a == crio_config) != (b == crio_config)) return a == crio_config;
    return std::filesystem::path(a) < std::filesystem::path(b);
  });
  return out;
}

void describe_handler(core::Record& record, const std::string& name, const toml::table& handler) {
  record["handler." + name] = handler["runtime_path"].value_or<std::string>("");
  record["type." + name] = handler["runtime_type"].value_or<std::string>("oci");
  record["explicit." + name] = "yes";
}

void add(core::Record& record, const toml::table& file) {
  const auto runtime = file["crio"]["runtime"];
  if (const auto standard = runtime["default_runtime"].value<std::string>()) record["default"] = *standard;
  if (const auto* handlers = runtime["runtimes"].as_table())
    for (const auto& [name, handler] : *handlers)
      if (const auto* table = handler.as_table()) describe_handler(record, std::string(name.str()), *table);
}

}  // namespace

core::Answer crio_handlers(const std::map<std::string, std::string>& files) {
  core::Record record{{"imports", std::string(crio_folder) + "/*"}};
  const auto paths = in_order(files);
  for (const auto& path : paths) {
    try {
      add(record, toml::parse(files.at(path), path));
    } catch (const toml::parse_error& error) {
      const auto& at = error.source().begin;
      return core::Failed{
          fmt::format("{}:{}:{}: no TOML: {}", path, at.line, at.column, std::string(error.description()))};
    }
  }
  record["files"] = util::join(paths, "\n");
  return record;
}

}  // namespace gpuctl::host
