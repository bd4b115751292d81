#include "chart/release/sealed.hpp"

#include "chart/render/manifests.hpp"
#include "chart/yaml_in.hpp"
#include "chart/yaml_nodes.hpp"
#include "chart/yaml_out.hpp"
#include "util/base64.hpp"

namespace gpuctl::chart::release {

namespace {

const Value* find(const Value& object, const char* name) {
  if (object.kind() != Kind::map) return nullptr;
  const auto found = object.map()->entries.find(name);
  return found == object.map()->entries.end() ? nullptr : &found->second;
}

bool says(const Value& object, const char* name, std::string_view text) {
  const auto* found = find(object, name);
  return found && found->kind() == Kind::string && found->string() == text;
}

/// As the server keeps it: without line breaks.
std::string as_kept(const std::string& encoded) {
  const auto bytes = util::base64_decode(encoded);
  return bytes ? util::base64_encode(*bytes) : encoded;
}

void seal_secret(Map& secret, core::Seal& seal) {
  Map data;
  const Value whole{std::make_shared<Map>(secret)};
  if (const auto* given = find(whole, "data"); given && given->kind() == Kind::map)
    for (const auto& [key, value] : given->map()->entries)
      if (value.kind() == Kind::string) data.entries[key] = Value(seal.keep(as_kept(value.string())));
  if (const auto* plain = find(whole, "stringData"); plain && plain->kind() == Kind::map)
    for (const auto& [key, value] : plain->map()->entries)
      if (value.kind() == Kind::string) data.entries[key] = Value(seal.keep(util::base64_encode(value.string())));
  secret.entries.erase("stringData");
  if (!data.entries.empty()) secret.entries.insert_or_assign("data", Value(std::move(data)));
}

std::string sealed_document(const std::string& text, core::Seal& seal) {
  // Most are none, and this is cheaper than to parse them.
  if (text.find("Secret") == std::string::npos) return text;
  const auto object = from_yaml(text);
  if (!says(object, "kind", "Secret") || !says(object, "apiVersion", "v1")) return text;
  seal_secret(*object.map(), seal);
  return to_yaml(object);
}

}  // namespace

std::string sealed_manifest(const std::string& manifest, core::Seal& seal) {
  std::string out;
  for (const auto& document : split_documents(manifest)) {
    try {
      auto text = sealed_document(document, seal);
      out += "---\n" + text + (text.ends_with('\n') ? "" : "\n");
    } catch (const YamlError&) {
      continue;
    }
  }
  return out;
}

}  // namespace gpuctl::chart::release
