#include "chart/release/select.hpp"

#include <fmt/core.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "chart/release/moment.hpp"
#include "core/error.hpp"
#include "core/label_selector.hpp"

namespace gpuctl::chart::release {

namespace {

const std::vector<std::string> listed{"deployed",        "uninstalled",      "uninstalling", "pending-install",
                                      "pending-upgrade", "pending-rollback", "superseded",   "failed"};

void keep_named(std::vector<Release>& releases, const std::string& filter) {
  if (filter.empty()) return;
  const RE2 expression(filter, RE2::Quiet);
  if (!expression.ok())
    throw core::Error(core::ErrorKind::usage,
                      fmt::format("--filter {}: not a regular expression: {}", filter, expression.error()));
  std::erase_if(releases, [&](const Release& one) { return !RE2::PartialMatch(one.name, expression); });
}

void keep_labelled(std::vector<Release>& releases, const std::string& text) {
  const auto selector = core::LabelSelector::parse(text);
  std::erase_if(releases, [&](const Release& one) {
    auto labels = one.labels;
    labels["name"] = one.name;
    labels["owner"] = "helm";
    labels["status"] = one.info.status;
    labels["version"] = std::to_string(one.version);
    return !selector.matches(labels);
  });
}

std::vector<Release> latest(std::vector<Release> releases) {
  std::map<std::pair<std::string, std::string>, Release> last;
  for (auto& one : releases) {
    auto& kept = last[{one.name_space, one.name}];
    if (kept.version <= one.version) kept = std::move(one);
  }
  std::vector<Release> out;
  for (auto& [key, one] : last) out.push_back(std::move(one));
  return out;
}

std::int64_t deployed_at(const Release& release) {
  return moment_of(release.info.last_deployed).value_or(go::Moment()).seconds;
}

void sort(std::vector<Release>& releases, const Selection& selection) {
  const auto place = [&](const Release& one) {
    return std::make_tuple(selection.by_date ? deployed_at(one) : 0, std::cref(one.name), std::cref(one.name_space),
                           one.version);
  };
  std::sort(releases.begin(), releases.end(), [&](const Release& a, const Release& b) {
    return selection.reverse ? place(b) < place(a) : place(a) < place(b);
  });
}

}  // namespace

std::vector<Release> selected(std::vector<Release> revisions, const Selection& selection) {
  keep_named(revisions, selection.filter);
  const auto& statuses = selection.statuses.empty() ? listed : selection.statuses;
  if (statuses != std::vector<std::string>{"superseded"}) revisions = latest(std::move(revisions));
  std::erase_if(revisions, [&](const Release& one) {
    return std::find(statuses.begin(), statuses.end(), one.info.status) == statuses.end();
  });
  keep_labelled(revisions, selection.labels);
  sort(revisions, selection);
  const auto from = std::min(selection.offset, revisions.size());
  revisions.erase(revisions.begin(), revisions.begin() + static_cast<std::ptrdiff_t>(from));
  if (selection.max > 0 && revisions.size() > selection.max) revisions.resize(selection.max);
  return revisions;
}

std::vector<Release> last_revisions(std::vector<Release> revisions, std::size_t max) {
  std::sort(revisions.begin(), revisions.end(),
            [](const Release& a, const Release& b) { return a.version < b.version; });
  const auto over = revisions.size() - std::min(max, revisions.size());
  revisions.erase(revisions.begin(), revisions.begin() + static_cast<std::ptrdiff_t>(over));
  return revisions;
}

Release outline(const Release& release) {
  Release out;
  out.name = release.name;
  out.name_space = release.name_space;
  out.version = release.version;
  out.labels = release.labels;
  out.info = release.info;
  out.info.notes.clear();
  if (release.chart) out.chart.emplace().metadata = release.chart->metadata;
  return out;
}

}  // namespace gpuctl::chart::release
