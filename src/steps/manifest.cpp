#include "steps/manifest.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/params.hpp"
#include "core/seal.hpp"
#include "steps/kube_names.hpp"
#include "util/base64.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Error;
using core::ErrorKind;

namespace {

bool is_manifest(const std::string& path) {
  return path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with(".json");
}

std::vector<std::string> files_of(core::Source& source, const std::string& path) {
  auto files = source.list(path);
  if (files.size() == 1 && files.front() == path) return files;
  std::erase_if(files, [](const auto& file) { return !is_manifest(file); });
  if (files.empty())
    throw Error(ErrorKind::invalid,
                fmt::format("no manifests in {}: expected files that end in .yaml, .yml or .json", path));
  return files;
}

/// kubectl reads YAML 1.1, where some plain words are booleans: such a text means one thing there and another here.
void refuse_odd_word(const core::Node& node) {
  static constexpr std::string_view odd[] = {"yes", "no", "on", "off", "true", "false", "y", "n"};
  const auto* text = std::get_if<std::string>(&node.value);
  if (!text || node.source.empty()) return;
  std::string lower = *text;
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (std::ranges::find(odd, lower) == std::end(odd)) return;
  throw Error(ErrorKind::invalid, fmt::format("`{}` is a boolean to some readers of YAML and a text to others", *text),
              node.where, "write true or false, or put the text in quotes");
}

/// 0644 is octal in manifests, as kubectl reads them.
void read_octal(core::Node& node) {
  if (!std::holds_alternative<std::int64_t>(node.value)) return;
  const auto& digits = node.source;
  if (digits.size() < 2 || digits[0] != '0' || digits.find_first_not_of("01234567") != std::string::npos) return;
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 8);
  node.value = value;
}

void settle_scalars(core::Node& node) {
  refuse_odd_word(node);
  read_octal(node);
  if (auto* list = std::get_if<core::Node::List>(&node.value))
    for (auto& item : *list) settle_scalars(item);
  if (auto* mapping = std::get_if<core::Node::Mapping>(&node.value))
    for (auto& entry : *mapping) settle_scalars(entry.value);
}

std::string text_in(const core::Node& node, const std::string& key) {
  const auto* found = node.find(key);
  const auto* text = found ? std::get_if<std::string>(&found->value) : nullptr;
  return text ? *text : std::string{};
}

std::string demand(const core::Node& node, const std::string& key, const char* what) {
  auto text = text_in(node, key);
  if (!text.empty()) return text;
  throw Error(ErrorKind::invalid, fmt::format("an object without {}: expected `{}: …`", what, key), node.where);
}

/// A `List` stands for its items.
void unfold(core::Node node, std::vector<core::Node>& out) {
  if (!std::holds_alternative<core::Node::Mapping>(node.value))
    throw Error(ErrorKind::invalid, fmt::format("expected an object, found {}", core::found(node)), node.where);
  const auto* items = node.find("items");
  const auto* list = items ? std::get_if<core::Node::List>(&items->value) : nullptr;
  if (!list || !text_in(node, "kind").ends_with("List")) return out.push_back(std::move(node));
  for (const auto& item : *list) unfold(item, out);
}

/// What is the server's to write, and what stands in manifests that were read out of a cluster.
bool is_servers(const std::string& pointer) {
  static constexpr std::string_view own[] = {"/metadata/creationTimestamp", "/metadata/resourceVersion",
                                             "/metadata/uid", "/metadata/generation", "/metadata/selfLink"};
  const auto below = [&](std::string_view folder) {
    return pointer == folder || pointer.starts_with(std::string(folder) + "/");
  };
  return below("/status") || below("/metadata/managedFields") || std::ranges::find(own, pointer) != std::end(own);
}

/// As the server keeps it: without line breaks.
std::string as_kept(const std::string& encoded) {
  const auto bytes = util::base64_decode(encoded);
  return bytes ? util::base64_encode(*bytes) : encoded;
}

/// The server keeps what it is given as text beside what it is given encoded.
void encode_secret(core::Fields& fields) {
  const std::string plain = "/stringData/";
  core::Fields data;
  for (const auto& [pointer, leaf] : fields)
    if (pointer.starts_with(plain))
      data["/data/" + pointer.substr(plain.size())] = {util::base64_encode(leaf.text), true};
  std::erase_if(fields, [](const auto& field) { return field.first.starts_with("/stringData"); });
  for (auto& [pointer, leaf] : fields)
    if (pointer.starts_with("/data/")) leaf.text = as_kept(leaf.text);
  for (auto& [pointer, leaf] : data) fields[pointer] = leaf;
}

/// From here on words stand for the values.
void seal(Manifest& secret, core::Source& source) {
  for (auto& [pointer, leaf] : secret.fields)
    if (leaf.string && core::is_secret_value(secret.ref, pointer)) leaf.text = source.sealed(leaf.text);
}

Manifest manifest_of(const core::Node& node) {
  Manifest out;
  out.where = node.where;
  out.ref.kind = demand(node, "kind", "a kind");
  out.ref.api_version = demand(node, "apiVersion", "an apiVersion");
  const auto* metadata = node.find("metadata");
  if (!metadata || !std::holds_alternative<core::Node::Mapping>(metadata->value))
    throw Error(ErrorKind::invalid, fmt::format("a {} without metadata", out.ref.kind), node.where);
  if (metadata->find("generateName"))
    throw Error(ErrorKind::invalid, "generateName makes another object each time: give it a name", metadata->where);
  out.ref.name = demand(*metadata, "name", "a name");
  out.ref.namespace_ = text_in(*metadata, "namespace");
  out.fields = core::flatten(node);
  std::erase_if(out.fields, [](const auto& field) { return is_servers(field.first); });
  if (is_secret(out.ref)) encode_secret(out.fields);
  return out;
}

using Scopes = std::map<std::pair<std::string, std::string>, bool>;  // group and kind -> stands outside of namespaces

std::string text_at(const core::Fields& fields, const std::string& pointer) {
  const auto found = fields.find(pointer);
  return found == fields.end() ? std::string{} : found->second.text;
}

/// What the definitions of the set say of their kinds.
Scopes scopes_of(const std::vector<Manifest>& all) {
  Scopes out;
  for (const auto& one : all)
    if (one.ref.kind == "CustomResourceDefinition")
      out[{text_at(one.fields, "/spec/group"), text_at(one.fields, "/spec/names/kind")}] =
          text_at(one.fields, "/spec/scope") == "Cluster";
  return out;
}

void place(Manifest& one, const Scopes& scopes, const std::string& space) {
  auto apart = is_cluster_scoped(one.ref.api_version, one.ref.kind);
  if (const auto told = scopes.find({core::group_of(one.ref.api_version), one.ref.kind}); told != scopes.end())
    apart = told->second;
  if (apart == std::optional(true)) one.ref.namespace_.clear();
  if (apart == std::optional(false) && one.ref.namespace_.empty())
    one.ref.namespace_ = space.empty() ? "default" : space;
  one.fields.erase("/metadata/namespace");
  if (!one.ref.namespace_.empty()) one.fields["/metadata/namespace"] = {one.ref.namespace_, true};
}

void refuse_doubles(const std::vector<Manifest>& all) {
  std::map<std::tuple<std::string, std::string, std::string, std::string>, core::Where> seen;
  for (const auto& one : all) {
    const auto& ref = one.ref;
    const auto [first, fresh] =
        seen.try_emplace({core::group_of(ref.api_version), ref.kind, ref.namespace_, ref.name}, one.where);
    if (!fresh)
      throw Error(ErrorKind::invalid,
                  fmt::format("a second {}, the first is at {}", core::describe(ref), first->second.text()), one.where);
  }
}

/// Those of one rank stay in the order they were written in.
std::vector<Manifest> in_install_order(std::vector<Manifest> all) {
  std::multimap<int, Manifest> by_rank;
  for (auto& one : all) by_rank.emplace(install_rank(one.ref.api_version, one.ref.kind), std::move(one));
  all.clear();
  for (auto& [rank, one] : by_rank) all.push_back(std::move(one));
  return all;
}

}  // namespace

bool is_secret(const core::KubeRef& ref) {
  return ref.kind == "Secret" && core::group_of(ref.api_version).empty();
}

std::vector<Manifest> read_manifests(core::Source& source, const std::vector<std::string>& paths,
                                     const std::string& space) {
  std::vector<Manifest> out;
  for (const auto& path : paths)
    for (const auto& file : files_of(source, path))
      for (auto& document : source.documents(file)) {
        settle_scalars(document);
        std::vector<core::Node> objects;
        unfold(std::move(document), objects);
        for (const auto& object : objects) {
          out.push_back(manifest_of(object));
          seal(out.back(), source);
        }
      }
  if (out.empty()) throw Error(ErrorKind::invalid, fmt::format("no object in {}", util::join(paths, ", ")));
  const auto scopes = scopes_of(out);
  for (auto& one : out) place(one, scopes, space);
  refuse_doubles(out);
  return in_install_order(std::move(out));
}

}  // namespace gpuctl::steps
