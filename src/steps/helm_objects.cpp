#include "steps/helm_objects.hpp"

#include <fmt/core.h>

#include "chart/json_out.hpp"
#include "chart/render/manifests.hpp"
#include "chart/yaml_in.hpp"
#include "core/refusal_words.hpp"
#include "steps/cluster.hpp"
#include "steps/kube_names.hpp"

namespace gpuctl::steps {

using chart::Kind;
using chart::Value;
using core::Error;
using core::ErrorKind;

namespace {

constexpr const char* managed_by = "app.kubernetes.io/managed-by";
constexpr const char* release_name = "meta.helm.sh/release-name";
constexpr const char* release_space = "meta.helm.sh/release-namespace";
constexpr const char* policy = "helm.sh/resource-policy";

const Value* find(const Value& object, const char* name) {
  if (object.kind() != Kind::map) return nullptr;
  const auto found = object.map()->entries.find(name);
  return found == object.map()->entries.end() ? nullptr : &found->second;
}

std::string text(const Value& object, const char* name) {
  const auto* found = find(object, name);
  return found && found->kind() == Kind::string ? found->string() : std::string();
}

void flatten(const Value& value, const std::string& pointer, core::Fields& out) {
  switch (value.kind()) {
    case Kind::nil:
      return;
    case Kind::string:
      out[pointer] = {value.string(), true};
      return;
    case Kind::list:
      if (value.list().items.empty()) out[pointer] = {"[]", false};
      for (std::size_t i = 0; i < value.list().items.size(); ++i)
        flatten(value.list().items[i], pointer + "/" + std::to_string(i), out);
      return;
    case Kind::map:
      if (value.map()->entries.empty()) out[pointer] = {"{}", false};
      for (const auto& [key, entry] : value.map()->entries) flatten(entry, core::child(pointer, key), out);
      return;
    default:
      out[pointer] = {chart::to_json(value), false};
  }
}

core::KubeRef reference(const Value& object, const core::Where& where) {
  core::KubeRef out;
  out.api_version = text(object, "apiVersion");
  out.kind = text(object, "kind");
  if (const auto* metadata = find(object, "metadata")) {
    out.namespace_ = text(*metadata, "namespace");
    out.name = text(*metadata, "name");
  }
  const char* missing = out.kind.empty()          ? "kind"
                        : out.api_version.empty() ? "apiVersion"
                        : out.name.empty()        ? "metadata.name"
                                                  : nullptr;
  if (missing)
    throw Error(ErrorKind::invalid,
                fmt::format("the chart makes an object without {}: {}", missing, chart::to_json(object).substr(0, 80)),
                where);
  return out;
}

void place(core::KubeRef& ref, const ReleaseName& release, const ClusterScoped& scope) {
  const auto apart = scope(ref.api_version, ref.kind);
  if (apart == std::optional(true))
    ref.namespace_.clear();
  else if (ref.namespace_.empty())
    ref.namespace_ = release.space;
}

/// What the line says that Helm puts before each document.
core::Where where_of(const std::string& document) {
  constexpr std::string_view mark = "# Source: ";
  core::Where out;
  const auto at = document.find(mark);
  if (at == std::string::npos) return out;
  const auto from = at + mark.size();
  out.file = document.substr(from, document.find('\n', from) - from);
  return out;
}

void add_objects(const Value& object, const core::Where& where, const ReleaseName& release, const ClusterScoped& scope,
                 std::vector<Manifest>& out) {
  if (object.is_nil()) return;
  const auto* items = find(object, "items");
  if (items && items->kind() == Kind::list && text(object, "kind").ends_with("List")) {
    for (const auto& item : items->list().items) add_objects(item, where, release, scope, out);
    return;
  }
  out.push_back(helm_object(object, where, release, scope));
}

std::string annotation_of(const core::Record& live, const char* name) {
  return core::text_of(live, annotation_at(name));
}

}  // namespace

ClusterScoped scopes_in(const core::Facts& known) {
  const auto* kinds = known.record(core::KubeApis{});
  if (!kinds) return is_cluster_scoped;
  return [kinds](const std::string& api_version, const std::string& kind) -> std::optional<bool> {
    const auto scope = core::text_of(*kinds, api_version + "/" + kind);
    if (scope.empty()) return is_cluster_scoped(api_version, kind);
    return scope == "cluster";
  };
}

Manifest helm_object(const Value& object, const core::Where& where, const ReleaseName& release,
                     const ClusterScoped& scope) {
  Manifest out;
  out.where = where;
  out.ref = reference(object, where);
  place(out.ref, release, scope);
  flatten(object, "", out.fields);
  // Empty, they say nothing, and would stand beside their own members.
  out.fields.erase("/metadata/labels");
  out.fields.erase("/metadata/annotations");
  std::erase_if(out.fields, [](const auto& field) {
    return field.first == "/status" || field.first.starts_with("/status/") ||
           field.first == "/metadata/creationTimestamp";
  });
  out.fields.erase("/metadata/namespace");
  if (!out.ref.namespace_.empty()) out.fields["/metadata/namespace"] = {out.ref.namespace_, true};
  out.fields[label_at(managed_by)] = {"Helm", true};
  out.fields[annotation_at(release_name)] = {release.name, true};
  out.fields[annotation_at(release_space)] = {release.space, true};
  return out;
}

std::vector<Manifest> helm_objects(const std::string& manifest, const ReleaseName& release,
                                   const ClusterScoped& scope) {
  std::vector<Manifest> out;
  for (const auto& document : chart::split_documents(manifest)) {
    const auto where = where_of(document);
    try {
      add_objects(chart::from_yaml(document), where, release, scope, out);
    } catch (const chart::YamlError& error) {
      throw Error(ErrorKind::invalid, error.what(), where);
    }
  }
  return out;
}

std::string not_owned(const core::Record& live, const ReleaseName& release) {
  const auto manager = core::text_of(live, label_at(managed_by));
  const auto name = annotation_of(live, release_name);
  const auto space = annotation_of(live, release_space);
  if (manager == "Helm" && name == release.name && space == release.space) return {};
  if (manager == "Helm" && !name.empty()) return fmt::format("it is of the release {}/{}", space, name);
  const auto owner = owner_of(live);
  return owner.empty() ? "it is of no release" : "it is of no release; " + owner + " has it";
}

bool is_kept(const core::Record& live) {
  return annotation_of(live, policy) == "keep";
}

bool is_kept(const core::Fields& fields) {
  const auto found = fields.find(annotation_at(policy));
  return found != fields.end() && found->second.text == "keep";
}

std::string why_unseen(const core::KubeRef& ref, const core::Facts& known) {
  const auto* answer = known.find(core::KubeObject{ref});
  const auto* failed = answer ? std::get_if<core::Failed>(answer) : nullptr;
  return !failed || core::says(failed->why, core::no_kind) ? "" : failed->why;
}

bool same_object(const core::KubeRef& a, const core::KubeRef& b) {
  return a.kind == b.kind && a.name == b.name && a.namespace_ == b.namespace_ &&
         core::group_of(a.api_version) == core::group_of(b.api_version);
}

}  // namespace gpuctl::steps
