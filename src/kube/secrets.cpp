#include "kube/secrets.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "kube/catalog.hpp"
#include "kube/member.hpp"
#include "kube/status.hpp"
#include "util/base64.hpp"

namespace gpuctl::kube {

namespace {

using core::Error;
using core::ErrorKind;
using nlohmann::json;

constexpr int page_size = 50;
constexpr int page_gone = 410;

/// An object's member, or an empty object where there is none.
const json& member(const json& object, const char* name) {
  static const json none = json::object();
  const auto found = object.find(name);
  return found == object.end() || !found->is_object() ? none : *found;
}

std::map<std::string, std::string> texts(const json& object) {
  std::map<std::string, std::string> out;
  for (const auto& [name, value] : object.items())
    if (value.is_string()) out[name] = value.get<std::string>();
  return out;
}

core::SecretObject object_of(const json& item) {
  core::SecretObject out;
  const auto& metadata = member(item, "metadata");
  out.space = text_at(metadata, "namespace");
  out.name = text_at(metadata, "name");
  out.type = text_at(item, "type");
  out.labels = texts(member(metadata, "labels"));
  out.annotations = texts(member(metadata, "annotations"));
  for (const auto& [name, value] : member(item, "data").items())
    if (value.is_string())
      if (auto bytes = util::base64_decode(value.get_ref<const std::string&>())) out.data[name] = std::move(*bytes);
  return out;
}

}  // namespace

std::string add_secrets(const std::string& body, std::vector<core::SecretObject>& out) {
  const auto page = json::parse(body, nullptr, false);
  const auto items = page.is_object() ? page.find("items") : page.end();
  if (!page.is_object() || items == page.end() || !(items->is_array() || items->is_null()))
    throw Error(ErrorKind::failed, "the API server answers the question for Secrets with what is no list of objects");
  for (const auto& item : *items)
    if (item.is_object()) out.push_back(object_of(item));
  return text_at(member(page, "metadata"), "continue");
}

std::string secrets_path(const std::string& space, const std::string& labels) {
  return fmt::format("/api/v1/{}secrets?labelSelector={}&limit={}",
                     space.empty() ? "" : fmt::format("namespaces/{}/", encoded(space)), encoded(labels), page_size);
}

std::string Secrets::own_space() {
  return api_.access().namespace_.empty() ? "default" : api_.access().namespace_;
}

std::vector<core::SecretObject> Secrets::secrets(const std::string& space, const std::string& labels) {
  const auto path = secrets_path(space, labels);
  std::vector<core::SecretObject> out;
  std::string next;
  bool again = false;
  for (;;) {
    auto request = api_.get(path + (next.empty() ? "" : "&continue=" + encoded(next)));
    request.most = most_in_secrets;
    const auto response = api_.send(std::move(request));
    if (response.status == page_gone && !again) {
      // The pages' moment has been compacted away between two of them: once more from the start.
      again = true;
      next.clear();
      out.clear();
      continue;
    }
    if (!response.good())
      throw Error(ErrorKind::failed, response.status == 0 ? response.body : refusal_of(response).why);
    next = add_secrets(response.body, out);
    if (next.empty()) break;
  }
  std::sort(out.begin(), out.end(),
            [](const auto& a, const auto& b) { return std::tie(a.space, a.name) < std::tie(b.space, b.name); });
  return out;
}

}  // namespace gpuctl::kube
