#include "chart/release/release.hpp"

#include <fmt/core.h>

namespace gpuctl::chart::release {

std::string StoredChart::text(std::string_view field) const {
  if (metadata.kind() != Kind::map) return "";
  const auto& entries = metadata.map()->entries;
  const auto found = entries.find(field);
  return found == entries.end() || found->second.kind() != Kind::string ? "" : found->second.string();
}

std::string chart_label(const Release& release) {
  if (!release.chart || release.chart->metadata.is_nil()) return "MISSING";
  return fmt::format("{}-{}", release.chart->text("name"), release.chart->text("version"));
}

std::string app_version(const Release& release) {
  if (!release.chart || release.chart->metadata.is_nil()) return "MISSING";
  return release.chart->text("appVersion");
}

}  // namespace gpuctl::chart::release
