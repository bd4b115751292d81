#include "kube/catalog.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "core/refusal_words.hpp"
#include "kube/member.hpp"
#include "util/strings.hpp"

namespace gpuctl::kube {

namespace {

using nlohmann::json;

/// The members of a list, or none.
const json& list(const json& object, const char* key) {
  static const json none = json::array();
  const auto at = object.find(key);
  return at != object.end() && at->is_array() ? *at : none;
}

const json& mapping(const json& object, const char* key) {
  static const json none = json::object();
  const auto at = object.find(key);
  return at != object.end() && at->is_object() ? *at : none;
}

std::vector<std::string> verbs_of(const json& resource) {
  std::vector<std::string> out;
  for (const auto& verb : list(resource, "verbs"))
    if (verb.is_string()) out.push_back(verb.get<std::string>());
  return out;
}

std::string joined(const std::string& group, const std::string& version) {
  return group.empty() ? version : group + "/" + version;
}

void add_group(const json& group, Catalog& catalog) {
  const std::string name = text_at(mapping(group, "metadata"), "name");
  for (const auto& version : list(group, "versions"))
    for (const auto& resource : list(version, "resources"))
      catalog.add({joined(name, text_at(version, "version")), text_at(mapping(resource, "responseKind"), "kind"),
                   text_at(resource, "resource"), text_at(resource, "scope") == "Namespaced", verbs_of(resource)});
}

bool established(const core::Record& definition) {
  for (int i = 0;; ++i) {
    const std::string at = fmt::format("/status/conditions/{}", i);
    const std::string type = core::text_of(definition, at + "/type");
    if (type.empty()) return false;
    if (type == "Established") return core::text_of(definition, at + "/status") == "True";
  }
}

bool serves(const core::Record& definition, const std::string& version) {
  for (int i = 0;; ++i) {
    const std::string at = fmt::format("/spec/versions/{}", i);
    const std::string name = core::text_of(definition, at + "/name");
    if (name.empty()) return false;
    if (name == version) return core::text_of(definition, at + "/served") == "true";
  }
}

}  // namespace

std::string encoded(const std::string& text) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string out;
  for (const char c : text)
    out += plain.find(c) != std::string_view::npos ? std::string(1, c)
                                                   : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return out;
}

std::string Resource::collection(const std::string& space) const {
  const std::string root = (api_version.find('/') == std::string::npos ? "/api/" : "/apis/") + api_version;
  const std::string in = namespaced && !space.empty() ? "/namespaces/" + encoded(space) : "";
  return root + in + "/" + plural;
}

std::string Resource::object(const core::KubeRef& ref) const {
  return collection(ref.namespace_) + "/" + encoded(ref.name);
}

void Catalog::add(const Resource& resource) {
  if (resource.kind.empty() || resource.plural.empty()) return;
  kinds_.try_emplace({resource.api_version, resource.kind}, resource);
}

const Resource* Catalog::find(const std::string& api_version, const std::string& kind) const {
  const auto at = kinds_.find({api_version, kind});
  return at == kinds_.end() ? nullptr : &at->second;
}

core::Record Catalog::record() const {
  core::Record out;
  for (const auto& [key, resource] : kinds_)
    out[key.first + "/" + key.second] = std::string(resource.namespaced ? "namespaced" : "cluster");
  return out;
}

std::string Catalog::unknown(const std::string& api_version, const std::string& kind) const {
  std::vector<std::string> here, elsewhere;
  for (const auto& [key, resource] : kinds_) {
    if (key.first == api_version) here.push_back(key.second);
    if (key.second == kind) elsewhere.push_back(key.first);
  }
  const std::string said = fmt::format("{}{} of {}", core::no_kind, kind, api_version);
  if (!elsewhere.empty()) return fmt::format("{}, it has {} of {}", said, kind, util::join(elsewhere, ", "));
  const std::string near = util::nearest(kind, here);
  return near.empty() ? said : fmt::format("{} (did you mean {}?)", said, near);
}

bool add_aggregated(const std::string& document, Catalog& catalog) {
  const json body = json::parse(document, nullptr, false);
  if (!body.is_object() || text_at(body, "kind") != "APIGroupDiscoveryList") return false;
  for (const auto& group : list(body, "items")) add_group(group, catalog);
  return true;
}

std::vector<std::string> group_versions(const std::string& document) {
  const json body = json::parse(document, nullptr, false);
  std::vector<std::string> out;
  if (!body.is_object()) return out;
  for (const auto& group : list(body, "groups"))
    for (const auto& version : list(group, "versions")) out.push_back(text_at(version, "groupVersion"));
  for (const auto& version : list(body, "versions"))
    if (version.is_string()) out.push_back(version.get<std::string>());
  return out;
}

void add_resources(const std::string& document, Catalog& catalog) {
  const json body = json::parse(document, nullptr, false);
  if (!body.is_object()) return;
  for (const auto& resource : list(body, "resources")) {
    const std::string name = text_at(resource, "name");
    if (name.find('/') != std::string::npos) continue;  // a subresource
    catalog.add({text_at(body, "groupVersion"), text_at(resource, "kind"), name, resource.value("namespaced", false),
                 verbs_of(resource)});
  }
}

bool add_defined(const core::Record& definition, const std::string& api_version, Catalog& catalog) {
  const auto slash = api_version.find('/');
  if (slash == std::string::npos || core::text_of(definition, "/spec/group") != api_version.substr(0, slash))
    return false;
  if (!established(definition) || !serves(definition, api_version.substr(slash + 1))) return false;
  catalog.add({api_version,
               core::text_of(definition, "/status/acceptedNames/kind"),
               core::text_of(definition, "/status/acceptedNames/plural"),
               core::text_of(definition, "/spec/scope") == "Namespaced",
               {}});
  return true;
}

}  // namespace gpuctl::kube
