#include "chart/source/reference.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

[[noreturn]] void refuse_reference(std::string why, std::string hint = {}) {
  throw core::Error(core::ErrorKind::invalid, std::move(why), {}, std::move(hint));
}

/// As the distribution specification has names: parts of small letters and digits with single `.`, `_`, `__` or
/// dashes between them.
bool is_part(std::string_view part) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (part.empty() || !plain(part.front()) || !plain(part.back())) return false;
  for (std::size_t i = 0; i < part.size();) {
    if (plain(part[i])) {
      ++i;
      continue;
    }
    const auto end = static_cast<std::size_t>(
        std::find_if(part.begin() + static_cast<std::ptrdiff_t>(i), part.end(), plain) - part.begin());
    const auto between = part.substr(i, end - i);
    const bool dashes = between.find_first_not_of('-') == between.npos;
    if (between != "." && between != "_" && between != "__" && !dashes) return false;
    i = end;
  }
  return true;
}

bool is_name(std::string_view name) {
  if (name.empty()) return false;
  while (!name.empty()) {
    const auto part = name.substr(0, name.find('/'));
    if (!is_part(part)) return false;
    name.remove_prefix(part.size());
    if (name == "/") return false;
    if (!name.empty()) name.remove_prefix(1);
  }
  return true;
}

bool is_digest(std::string_view text) {
  return text.size() == 71 && text.starts_with("sha256:") &&
         text.substr(7).find_first_not_of("0123456789abcdef") == text.npos;
}

InRegistry in_registry(const std::string& text) {
  auto rest = text.substr(std::string_view("oci://").size());
  InRegistry out;
  if (const auto at = rest.rfind('@'); at != rest.npos && rest.find('/') < at) {
    out.digest = rest.substr(at + 1);
    rest.resize(at);
    if (!is_digest(out.digest))
      refuse_reference(fmt::format("{}: \"{}\" is not a digest, expected sha256: and 64 hex digits", text, out.digest));
  }
  const auto slash = rest.find('/');
  if (slash == rest.npos || slash + 1 == rest.size())
    refuse_reference(fmt::format("{} names no chart in that registry", text), "oci://REGISTRY/PATH/CHART");
  out.host = rest.substr(0, slash);
  if (out.host.empty() || out.host.find('@') != rest.npos)
    refuse_reference("an oci:// reference begins with the registry's host, and no user",
                     "--username and --password, or helm registry login");
  out.name = rest.substr(slash + 1);
  if (const auto colon = out.name.rfind(':'); colon != out.name.npos) {
    out.tag = out.name.substr(colon + 1);
    out.name.resize(colon);
  }
  if (!is_name(out.name))
    refuse_reference(fmt::format("{}: \"{}\" is not a name that a registry can have", text, out.name),
                     "small letters and digits, with single dots, dashes and underscores between them");
  return out;
}

std::string without_slashes(std::string text) {
  while (text.ends_with('/')) text.pop_back();
  return text;
}

}  // namespace

Place place_of(const ChartRef& ref) {
  if (ref.chart.empty()) refuse_reference("no chart is named");
  if (!ref.repository.empty()) {
    if (is_address(ref.chart))
      refuse_reference(fmt::format("chart {} has an address of its own and needs no repository",
                                   ref.chart.starts_with("oci:") ? ref.chart : Address::parse(ref.chart).text()));
    if (ref.repository.starts_with("oci://")) return in_registry(without_slashes(ref.repository) + "/" + ref.chart);
    if (ref.repository.starts_with('@')) return InRepository{ref.repository.substr(1), "", ref.chart};
    if (ref.repository.starts_with("alias:")) return InRepository{ref.repository.substr(6), "", ref.chart};
    if (ref.repository.find("://") != std::string::npos) static_cast<void>(Address::parse(ref.repository));
    if (!is_address(ref.repository))
      refuse_reference(fmt::format("repository \"{}\" is no address", ref.repository),
                       fmt::format("https://…, oci://…, or @{} if repositories.yaml has that name", ref.repository));
    return InRepository{"", ref.repository, ref.chart};
  }
  if (ref.chart.starts_with("oci://")) return in_registry(without_slashes(ref.chart));
  if (is_address(ref.chart)) return AtAddress{Address::parse(ref.chart)};
  const auto slash = ref.chart.find('/');
  if (slash == ref.chart.npos || slash == 0 || slash + 1 == ref.chart.size())
    refuse_reference(
        fmt::format("there is no file or folder {}, and it names no repository", ref.chart),
        "a folder, a .tgz, https://…/x.tgz, oci://…, REPO/CHART of repositories.yaml, or --repo URL CHART");
  return InRepository{ref.chart.substr(0, slash), "", ref.chart.substr(slash + 1)};
}

}  // namespace gpuctl::chart
