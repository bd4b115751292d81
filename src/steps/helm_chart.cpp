#include "steps/helm_chart.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "chart/json_in.hpp"
#include "chart/json_out.hpp"
#include "chart/package/load.hpp"
#include "chart/release/book.hpp"
#include "chart/release/codec.hpp"
#include "chart/release/compose.hpp"
#include "chart/release/rolled.hpp"
#include "chart/render/release.hpp"
#include "chart/render/unused.hpp"
#include "chart/values/documents.hpp"
#include "chart/yaml_in.hpp"
#include "core/seal.hpp"
#include "util/digest.hpp"
#include "util/stable_sort.hpp"

namespace gpuctl::steps {

using core::Error;
using core::ErrorKind;
using core::Facts;
using core::KubeRef;

namespace {

constexpr std::size_t origin_digits = 32;

/// So much later that no part of a date or a time of day is the same.
constexpr auto another_time = std::chrono::hours(24 * 396 + 13) + std::chrono::seconds(1'861);

const core::Answer* answer_to(const Facts& known, const KubeRef& ref) {
  return known.find(core::KubeLookup{ref});
}

bool same(const std::vector<std::pair<KubeRef, core::Answer>>& lookups, const Facts& known) {
  return std::ranges::all_of(lookups, [&](const auto& lookup) {
    const auto* now = answer_to(known, lookup.first);
    return core::equal(lookup.second, now ? *now : core::Answer{core::Unknown{}});
  });
}

core::Record record_of(const Facts& known, const core::Probe& probe) {
  const auto* record = known.record(probe);
  return record ? *record : core::Record{};
}

std::string text_at(const Manifest& object, const std::string& pointer) {
  const auto found = object.fields.find(pointer);
  return found == object.fields.end() ? std::string() : found->second.text;
}

/// A definition's kinds are there once it is, and charts ask for their own.
void add_defined(const std::vector<Manifest>& definitions, std::vector<std::string>& out) {
  for (const auto& one : definitions) {
    const auto text = [&](const std::string& pointer) { return text_at(one, pointer); };
    for (std::size_t i = 0;; ++i) {
      const auto version = text(fmt::format("/spec/versions/{}/name", i));
      if (version.empty()) break;
      const auto group = text("/spec/group") + "/" + version;
      out.push_back(group);
      out.push_back(group + "/" + text("/spec/names/kind"));
    }
  }
}

chart::Capabilities capabilities_of(const Facts& known, const std::vector<Manifest>& definitions) {
  auto out = chart::default_capabilities();
  const auto server = record_of(known, core::KubeServer{});
  if (const auto version = core::text_of(server, "version"); !version.empty())
    out.kube = chart::parse_kube_version(version);
  const auto kinds = record_of(known, core::KubeApis{});
  if (kinds.empty()) return out;
  std::set<std::string> all;
  for (const auto& [kind, scope] : kinds) {
    all.insert(kind);
    all.insert(kind.substr(0, kind.rfind('/')));
  }
  out.api_versions.assign(all.begin(), all.end());
  add_defined(definitions, out.api_versions);
  return out;
}

/// Every item of a list says its kind, as Helm's client has it.
chart::Value lookup_value(const std::string& json) {
  auto value = chart::from_json(json);
  if (value.kind() != chart::Kind::map) return value;
  auto& entries = value.map()->entries;
  const auto items = entries.find("items");
  const auto kind = entries.find("kind");
  if (items == entries.end() || items->second.kind() != chart::Kind::list || kind == entries.end()) return value;
  auto of_item = kind->second.string();
  if (of_item.ends_with("List")) of_item.resize(of_item.size() - 4);
  for (const auto& item : items->second.list().items) {
    if (item.kind() != chart::Kind::map) continue;
    item.map()->entries.try_emplace("kind", chart::Value(of_item));
    if (const auto version = entries.find("apiVersion"); version != entries.end())
      item.map()->entries.try_emplace("apiVersion", version->second);
  }
  return value;
}

chart::Value looked_up(const Facts& known, const KubeRef& ref, core::Workshop& workshop) {
  const auto* answer = answer_to(known, ref);
  if (answer)
    if (const auto* failed = std::get_if<core::Failed>(answer)) throw Error(ErrorKind::invalid, failed->why);
  const auto* text = answer ? std::get_if<core::Text>(answer) : nullptr;
  const auto json = text ? workshop.seal().value(text->value) : std::nullopt;
  return json ? lookup_value(*json) : chart::Value(chart::Map{});
}

/// What an object is whoever reads it and whenever: without what the server counts.
std::string lookup_digest(const chart::Value& found) {
  auto json = chart::to_json(found);
  auto plain = chart::from_json(json);
  const auto strip = [](const chart::Value& object) {
    if (object.kind() != chart::Kind::map) return;
    object.map()->entries.erase("status");
    const auto metadata = object.map()->entries.find("metadata");
    if (metadata == object.map()->entries.end() || metadata->second.kind() != chart::Kind::map) return;
    for (const auto* name : {"resourceVersion", "managedFields", "generation"})
      metadata->second.map()->entries.erase(name);
  };
  strip(plain);
  if (plain.kind() == chart::Kind::map)
    if (const auto items = plain.map()->entries.find("items");
        items != plain.map()->entries.end() && items->second.kind() == chart::Kind::list)
      for (const auto& item : items->second.list().items) strip(item);
  return util::sha256_hex(chart::to_json(plain));
}

chart::Files files_of(const std::vector<core::ChartFile>& from) {
  chart::Files out;
  for (const auto& file : from) out.push_back({file.name, file.data});
  return out;
}

std::vector<Manifest> definitions_of(const chart::Chart& chart) {
  std::vector<Manifest> out;
  for (const auto& crd : chart::crd_files(chart)) {
    auto found = helm_objects("# Source: " + crd.source + "\n" + crd.file->data, {},
                              [](const auto&, const auto&) { return std::optional(true); });
    for (auto& one : found) {
      // Helm does not say of these whose they are.
      std::erase_if(one.fields, [](const auto& field) {
        return field.first.starts_with("/metadata/annotations/meta.helm.sh~1") ||
               field.first == "/metadata/labels/app.kubernetes.io~1managed-by";
      });
      out.push_back(std::move(one));
    }
  }
  return out;
}

/// `texts`: the hooks as they are sent.
std::vector<EventHook> hooks_of(const chart::Rendered& rendered, const std::vector<std::string>& texts,
                                const ReleaseName& release, const ClusterScoped& scope) {
  std::vector<EventHook> out;
  for (std::size_t i = 0; i < rendered.hooks.size(); ++i) {
    const auto& hook = rendered.hooks[i];
    for (auto& object : helm_objects("# Source: " + hook.manifest.path + "\n" + texts[i], release, scope)) {
      EventHook one{hook.events, hook.weight, {object.ref, object.fields, static_cast<int>(i), hook.delete_policies}};
      out.push_back(std::move(one));
    }
  }
  util::stable_sort(out, [](const EventHook& a, const EventHook& b) {
    return a.weight != b.weight ? a.weight < b.weight : a.hook.object.name < b.hook.object.name;
  });
  return out;
}

std::vector<std::string> words_of(const std::vector<chart::UnusedValue>& unused) {
  std::vector<std::string> out;
  for (const auto& one : unused)
    out.push_back(one.nearest.empty() ? one.path : fmt::format("{} (did you mean {}?)", one.path, one.nearest));
  return out;
}

}  // namespace

struct HelmChart::Kept {
  /// What a rendering hangs on besides the chart and its values.
  struct Situation {
    RenderFor made_for;
    core::Record server, kinds;
    std::vector<std::pair<KubeRef, core::Answer>> lookups;
  } situation;
  HelmRendering rendering;
};

HelmChart::HelmChart(std::vector<core::ChartFile> files, std::shared_ptr<chart::Map> values,
                     std::shared_ptr<core::Workshop> workshop)
    : files_(std::move(files)),
      values_(std::move(values)),
      workshop_(std::move(workshop)),
      kept_(std::make_shared<std::deque<Kept>>()) {
  const auto tree = load();
  const auto& chart = tree->root();
  chart::check_installable(chart);
  name_ = chart.name();
  version_ = chart.metadata->version;
  config_ = workshop_->seal().word(chart::release::config_text(chart::Value(values_)));
  definitions_ = definitions_of(chart);
}

const std::string& HelmChart::name() const {
  return name_;
}
const std::string& HelmChart::version() const {
  return version_;
}

std::unique_ptr<chart::ChartTree> HelmChart::load() const {
  return chart::load_files(files_of(files_), [](const std::string&) {});
}

ClusterScoped HelmChart::scopes(const Facts& known) const {
  return [this, other = scopes_in(known)](const std::string& api_version, const std::string& kind) {
    for (const auto& one : definitions_)
      if (text_at(one, "/spec/names/kind") == kind && text_at(one, "/spec/group") == core::group_of(api_version))
        return std::optional(text_at(one, "/spec/scope") == "Cluster");
    return other(api_version, kind);
  };
}

const HelmRendering& HelmChart::rendered(const RenderFor& made_for, const Facts& known) const {
  const auto server = record_of(known, core::KubeServer{});
  const auto kinds = record_of(known, core::KubeApis{});
  for (const auto& kept : *kept_)
    if (kept.situation.made_for == made_for && kept.situation.server == server && kept.situation.kinds == kinds &&
        same(kept.situation.lookups, known))
      return kept.rendering;
  Kept fresh;
  fresh.situation = {made_for, server, kinds, {}};
  fresh.rendering = render(made_for, known);
  for (const auto& ref : fresh.rendering.lookups) {
    const auto* answer = answer_to(known, ref);
    fresh.situation.lookups.emplace_back(ref, answer ? *answer : core::Answer{core::Unknown{}});
  }
  kept_->push_back(std::move(fresh));
  return kept_->back().rendering;
}

HelmRendering HelmChart::render(const RenderFor& made_for, const Facts& known) const {
  HelmRendering out;
  std::set<std::string> reads;
  try {
    render_into(out, reads, made_for, known);
  } catch (const Error& error) {
    const auto at = error.where().text();
    out.fault = at.empty() ? error.message() : at + ": " + error.message();
  }
  return out;
}

chart::ReleaseRequest HelmChart::request_for(const RenderFor& made_for, const Facts& known) const {
  chart::ReleaseRequest out;
  out.name = made_for.release.name;
  out.name_space = made_for.release.space;
  out.revision = made_for.revision;
  out.is_upgrade = made_for.is_upgrade;
  out.values = chart::deep_copy(chart::Value(values_)).map();
  out.capabilities = capabilities_of(known, definitions_);
  return out;
}

chart::Surroundings HelmChart::surroundings(const Facts& known) const {
  chart::Surroundings out;
  out.now = [this] { return workshop_->now(); };
  out.random = [this](std::span<unsigned char> bytes) { workshop_->random(bytes); };
  out.zone = [this](const std::string& zone) { return workshop_->zone(zone); };
  out.warn = [](const std::string&) {};
  out.lookup = [this, &known](const std::string& api_version, const std::string& kind, const std::string& space,
                              const std::string& name) {
    return looked_up(known, {api_version, kind, space, name}, *workshop_);
  };
  return out;
}

/// What it sends at another time, and with other dice; nothing where it cannot be rendered then.
std::optional<chart::release::SealedTexts> HelmChart::again(const RenderFor& made_for, const Facts& known) const {
  const auto tree = load();
  const auto request = request_for(made_for, known);
  auto world = surroundings(known);
  world.now = [this] { return workshop_->now() + another_time; };
  core::Seal seal(workshop_->seal().salt());
  try {
    const auto rendered = chart::render_release(*tree, request, world);
    return chart::release::sealed_texts(chart::release::composed(tree->root(), rendered, request), seal);
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// What is planned now and rendered again when it is performed must not hang on what is new each time.
void HelmChart::leave_rolls_out(HelmRendering& out, chart::release::SealedTexts& texts, chart::release::Release release,
                                const RenderFor& made_for, const Facts& known) const {
  const auto other = again(made_for, known);
  if (!other || *other == texts) return;
  auto& seal = workshop_->seal();
  const auto place = fmt::format("{}/{}/{}/{}", out.origin, made_for.release.space, release.name, release.version);
  auto plain = chart::release::without_rolls(texts, *other, place, seal);
  if (!plain) return;
  texts = std::move(*plain);
  out.is_rolled = true;
  const auto value = chart::to_json(chart::release::json_value(release));
  release.manifest = texts.manifest;
  for (std::size_t i = 0; i < texts.hooks.size(); ++i) release.hooks[i].manifest = texts.hooks[i];
  release.info.notes.clear();
  out.content = seal.keep_as(chart::to_json(chart::release::json_value(release)), value);
}

void HelmChart::render_into(HelmRendering& out, std::set<std::string>& reads, const RenderFor& made_for,
                            const Facts& known) const {
  const auto tree = load();
  auto request = request_for(made_for, known);
  request.capabilities.read = [&](const std::string& what) { reads.insert(what); };
  chart::RecordedReads value_reads;
  auto world = surroundings(known);
  world.warn = [&](const std::string& what) { out.warnings.push_back(what); };
  world.reads = &value_reads;
  world.lookup = [&](const std::string& api_version, const std::string& kind, const std::string& space,
                     const std::string& name) {
    const KubeRef ref{api_version, kind, space, name};
    if (std::ranges::find(out.lookups, ref) == out.lookups.end()) out.lookups.push_back(ref);
    auto found = looked_up(known, ref, *workshop_);
    reads.insert(fmt::format("lookup {} {} {}/{} {}", api_version, kind, space, name, lookup_digest(found)));
    return found;
  };
  const auto rendered = chart::render_release(*tree, request, world);
  request.values = values_;
  const auto release = chart::release::composed(tree->root(), rendered, request);
  out.digest = chart::release::chart_digest(*release.chart);
  std::string all = out.digest + "\n" + chart::release::config_text(chart::Value(values_)) + "\n";
  for (const auto& read : reads) all += read + "\n";
  out.origin = util::sha256_hex(all).substr(0, origin_digits);
  auto& seal = workshop_->seal();
  out.content = seal.keep(chart::to_json(chart::release::json_value(release)));
  auto texts = chart::release::sealed_texts(release, seal);
  if (workshop_->is_for_later()) leave_rolls_out(out, texts, release, made_for, known);
  const auto scope = scopes(known);
  out.objects = helm_objects(texts.manifest, made_for.release, scope);
  out.hooks = hooks_of(rendered, texts.hooks, made_for.release, scope);
  out.manifest = std::move(texts.manifest);
  out.unused_values = words_of(chart::unused_values(tree->root(), *values_, rendered.values, value_reads));
}

}  // namespace gpuctl::steps
