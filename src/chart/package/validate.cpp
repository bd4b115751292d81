#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "chart/go/path.hpp"
#include "chart/go/quote.hpp"
#include "chart/go/space.hpp"
#include "chart/go/unicode.hpp"
#include "chart/package/metadata.hpp"
#include "chart/package/versions.hpp"
#include "core/error.hpp"
#include "util/utf8.hpp"

namespace gpuctl::chart {

namespace {

[[noreturn]] void fail_chart(std::string why) {
  throw core::Error(core::ErrorKind::invalid, "validation: " + std::move(why));
}

/// Blanks of every kind become one blank each, what does not print goes.
void clean(std::string& text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7f'; });
  if (plain) return;
  std::string out;
  for (std::string_view left = text; !left.empty();) {
    const auto symbol = util::first_symbol(left);
    const auto bytes = left.substr(0, symbol.length);
    left.remove_prefix(symbol.length);
    if (!symbol.valid)
      out += "\xEF\xBF\xBD";
    else if (go::is_space(symbol.code))
      out += ' ';
    else if (go::is_print(symbol.code))
      out += bytes;
  }
  text = std::move(out);
}

bool is_alias(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

void check(Dependency& dependency) {
  for (auto* text : {&dependency.name, &dependency.version, &dependency.repository, &dependency.condition})
    clean(*text);
  for (auto& tag : dependency.tags) clean(tag);
  if (!is_alias(dependency.alias))
    fail_chart(fmt::format("dependency {} has disallowed characters in the alias", go::quoted(dependency.name)));
}

void check_dependencies(std::vector<Dependency>& dependencies) {
  std::set<std::string> names;
  for (auto& dependency : dependencies) {
    check(dependency);
    const auto& key = dependency.alias.empty() ? dependency.name : dependency.alias;
    if (!names.insert(key).second)
      fail_chart(fmt::format("more than one dependency with name or alias {}", go::quoted(key)));
  }
}

void check_name(const std::string& name) {
  if (name.empty()) fail_chart("chart.metadata.name is required");
  if (name == "." || name == "..") fail_chart(fmt::format("chart.metadata.name {} is not allowed", go::quoted(name)));
  if (name != path_base(name)) fail_chart(fmt::format("chart.metadata.name {} is invalid", go::quoted(name)));
}

}  // namespace

void validate(Metadata& metadata) {
  for (auto* text : {&metadata.name, &metadata.description, &metadata.home, &metadata.icon, &metadata.condition,
                     &metadata.tags, &metadata.app_version, &metadata.kube_version})
    clean(*text);
  for (auto& source : metadata.sources) clean(source);
  for (auto& keyword : metadata.keywords) clean(keyword);
  if (metadata.api_version.empty()) fail_chart("chart.metadata.apiVersion is required");
  check_name(metadata.name);
  if (metadata.version.empty()) fail_chart("chart.metadata.version is required");
  if (!is_version(metadata.version))
    fail_chart(fmt::format("chart.metadata.version {} is invalid", go::quoted(metadata.version)));
  if (!metadata.type.empty() && metadata.type != "application" && metadata.type != "library")
    fail_chart("chart.metadata.type must be application or library");
  for (auto& maintainer : metadata.maintainers)
    for (auto* text : {&maintainer.name, &maintainer.email, &maintainer.url}) clean(*text);
  if (metadata.dependencies) check_dependencies(*metadata.dependencies);
}

}  // namespace gpuctl::chart
