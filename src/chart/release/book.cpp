#include "chart/release/book.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "chart/json_in.hpp"
#include "chart/json_out.hpp"
#include "chart/release/codec.hpp"
#include "chart/release/json.hpp"
#include "chart/release/moment.hpp"
#include "chart/release/sealed.hpp"
#include "core/error.hpp"
#include "core/helm.hpp"
#include "util/digest.hpp"

namespace gpuctl::chart::release {

namespace {

using core::HelmNews;
using core::SecretObject;

constexpr std::int64_t us_per_second = 1'000'000;
constexpr std::size_t digest_digits = 32;

std::string label(const SecretObject& secret, const char* name) {
  const auto found = secret.labels.find(name);
  return found == secret.labels.end() ? std::string() : found->second;
}

int version_of(const SecretObject& secret) {
  const auto text = label(secret, "version");
  int out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

Stamp stamp(std::int64_t us) {
  go::Moment moment;
  moment.seconds = us / us_per_second;
  moment.nanoseconds = static_cast<std::int32_t>(us % us_per_second) * 1000;
  return stamp_of(moment);
}

/// The revisions of one release, by their numbers.
using Revisions = std::map<int, const SecretObject*>;

/// Whose objects the cluster has, as Helm sees it; nullptr: nobody's.
const SecretObject* current_of(const Revisions& revisions) {
  const auto& last = *revisions.rbegin()->second;
  const auto status = label(last, "status");
  if (status == "deployed") return &last;
  if (status == "uninstalled") return nullptr;
  for (auto at = revisions.rbegin(); at != revisions.rend(); ++at)
    if (label(*at->second, "status") == "deployed") return at->second;
  return &last;
}

/// The hooks that run when a revision comes back; the others are there without what they hold, so that each keeps its
/// place.
void add_way_back(core::Record& out, const std::string& name, const Release& release, core::Seal& seal) {
  Release kept;
  bool any = false;
  for (auto hook : release.hooks) {
    const bool comes = std::ranges::any_of(hook.events, [](const auto& event) { return event.ends_with("-rollback"); });
    hook.manifest = comes ? sealed_manifest(hook.manifest, seal) : "";
    hook.last_run = {};
    any = any || comes;
    kept.hooks.push_back(std::move(hook));
  }
  if (any) out[name + "#from_hooks"] = to_json(json_value(kept));
}

Release add_last(core::Record& out, const std::string& name, const SecretObject& secret, core::Seal& seal) {
  const auto release = decode(secret);
  out[name + "#status"] = release.info.status;
  out[name + "#description"] = release.info.description;
  out[name + "#updated"] = release.info.last_deployed;
  if (release.chart) {
    out[name + "#chart"] = release.chart->text("name");
    out[name + "#version"] = release.chart->text("version");
    out[name + "#content"] = chart_digest(*release.chart);
  }
  out[name + "#config"] = seal.word(config_text(release.config));
  const auto origin = secret.annotations.find(core::origin_annotation);
  if (origin != secret.annotations.end()) out[name + "#origin"] = origin->second;
  out[name + "#manifest"] = sealed_manifest(release.manifest, seal);
  out[name + "#method"] = release.apply_method.empty() ? std::string("csa") : release.apply_method;
  return release;
}

void add_current(core::Record& out, const std::string& name, const SecretObject& secret, core::Seal& seal) {
  const auto release = decode(secret);
  out[name + "#from"] = std::to_string(version_of(secret));
  out[name + "#from_manifest"] = sealed_manifest(release.manifest, seal);
  out[name + "#from_method"] = release.apply_method.empty() ? std::string("csa") : release.apply_method;
  add_way_back(out, name, release, seal);
}

void add_release(core::Record& out, const std::string& name, const Revisions& revisions, core::Seal& seal) {
  const auto& [number, last] = *revisions.rbegin();
  out[name] = std::to_string(number);
  try {
    const auto release = add_last(out, name, *last, seal);
    const auto* current = current_of(revisions);
    if (current == last) add_way_back(out, name, release, seal);
    if (current && current != last) add_current(out, name, *current, seal);
  } catch (const core::Error& error) {
    out[name + "#trouble"] = error.message();
  }
}

void note(Release& release, const HelmNews& news) {
  release.info.status = news.status;
  if (!news.description.empty()) release.info.description = news.description;
  if (news.status == "uninstalled" || news.status == "uninstalling") release.info.deleted = stamp(news.now_us);
  for (const auto& run : news.hooks) {
    if (run.place < 0 || static_cast<std::size_t>(run.place) >= release.hooks.size()) continue;
    auto& last = release.hooks[static_cast<std::size_t>(run.place)].last_run;
    last.started = stamp(run.started_us);
    last.completed = run.completed_us == 0 ? Stamp() : stamp(run.completed_us);
    last.phase = run.phase;
  }
}

SecretObject stored(const Release& release, const HelmNews& news, Write write) {
  return encode(release, news.now_us / us_per_second, write);
}

}  // namespace

core::Record Book::read(const std::vector<SecretObject>& secrets, core::Seal& seal) const {
  std::map<std::string, Revisions> releases;
  for (const auto& secret : secrets)
    if (const auto name = label(secret, "name"); !name.empty()) releases[name][version_of(secret)] = &secret;
  core::Record out;
  for (const auto& [name, revisions] : releases) add_release(out, name, revisions, seal);
  return out;
}

SecretObject Book::revision(const std::string& content, const HelmNews& news) const {
  auto release = from_object(from_json(content));
  note(release, news);
  release.info.last_deployed = stamp(news.now_us);
  if (release.info.first_deployed.empty()) release.info.first_deployed = release.info.last_deployed;
  return stored(release, news, Write::create);
}

SecretObject Book::noted(const SecretObject& secret, const HelmNews& news) const {
  auto release = decode(secret);
  release.name_space = secret.space;
  note(release, news);
  auto out = stored(release, news, Write::replace);
  out.annotations = secret.annotations;
  return out;
}

SecretObject Book::copied(const SecretObject& secret, int revision, const HelmNews& news) const {
  auto release = decode(secret);
  release.name_space = secret.space;
  release.version = revision;
  release.info.deleted.clear();
  for (auto& hook : release.hooks) hook.last_run = {};
  note(release, news);
  release.info.last_deployed = stamp(news.now_us);
  release.apply_method = "ssa";
  auto out = stored(release, news, Write::create);
  out.annotations = secret.annotations;
  return out;
}

std::string chart_digest(const StoredChart& chart) {
  std::vector<const File*> files;
  for (const auto& one : chart.templates) files.push_back(&one.file);
  for (const auto& one : chart.files) files.push_back(&one.file);
  std::sort(files.begin(), files.end(), [](const File* a, const File* b) { return a->name < b->name; });
  std::string all = chart.text("name") + "\n" + chart.text("version") + "\n";
  for (const auto* file : files) all += file->name + " " + util::sha256_hex(file->data) + "\n";
  all += util::sha256_hex(chart.schema.value_or("")) + "\n" + config_text(chart.values);
  return util::sha256_hex(all).substr(0, digest_digits);
}

std::string config_text(const Value& config) {
  if (config.kind() != Kind::map) return "{}";
  return to_json(from_json(to_json(config)));
}

}  // namespace gpuctl::chart::release
