#include "chart/values/schema_draft.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

using Json = nlohmann::json;

/// Which rules a schema was written for.
enum class Draft : std::uint8_t { draft4, draft6, draft7, draft2019, draft2020 };

constexpr const char* unknown_words[] = {"unevaluatedProperties", "unevaluatedItems", "minContains",
                                         "maxContains",           "$dynamicRef",      "$recursiveRef"};
// Members that hold data, or names of the author's, and no schema.
const std::set<std::string>& data_words() {
  static const std::set<std::string> out{"const", "enum", "default", "examples", "required"};
  return out;
}
const std::set<std::string>& named_words() {
  static const std::set<std::string> out{"properties", "patternProperties", "definitions",
                                         "$defs",      "dependentSchemas",  "dependencies"};
  return out;
}

class Rewriter {
 public:
  Rewriter(Draft draft, const Warn& warn) : draft_(draft), warn_(warn) {}

  void schema(Json& node) {
    if (node.is_array()) {
      for (auto& item : node) schema(item);
      return;
    }
    if (!node.is_object()) return;
    for (auto& [word, member] : node.items()) {
      if (data_words().contains(word)) continue;
      if (named_words().contains(word) && member.is_object())
        for (auto& [name, inner] : member.items()) schema(inner);
      else
        schema(member);
    }
    formats(node);
    elsewhere(node);
    if (draft_ >= Draft::draft2019) {
      reference(node);
      dependent(node);
    }
    if (draft_ == Draft::draft2020) tuples(node);
    for (const char* word : unknown_words)
      if (node.contains(word)) once(std::string("`") + word + "` is not checked");
  }

 private:
  /// From 2019 on a format is a note to the reader.
  void formats(Json& node) {
    const auto found = node.find("format");
    if (found == node.end() || !found->is_string()) return;
    if (draft_ >= Draft::draft2019) {
      node.erase(found);
      return;
    }
    static const std::set<std::string> known{"date", "time", "date-time"};
    if (!known.contains(found->get<std::string>())) once("format `" + found->get<std::string>() + "` is not checked");
  }

  /// What refers to a document elsewhere lets everything through.
  void elsewhere(Json& node) {
    const auto found = node.find("$ref");
    if (found != node.end() && found->is_string() && !found->get<std::string>().starts_with('#')) {
      once("the reference `" + found->get<std::string>() + "` is not followed");
      node.erase(found);
    }
    for (const char* word : {"id", "$id"})
      if (node.contains(word) && node[word].is_string()) node.erase(word);
  }

  /// A reference with company is one condition among others.
  void reference(Json& node) {
    const auto found = node.find("$ref");
    if (found == node.end() || !found->is_string()) return;
    const Json alone{{"$ref", *found}};
    static const std::set<std::string> notes{"$ref", "description", "title", "default", "$comment", "examples"};
    bool company = false;
    for (const auto& [word, member] : node.items()) company = company || !notes.contains(word);
    if (!company) {
      node = alone;
      return;
    }
    node.erase("$ref");
    node["allOf"].push_back(alone);
  }

  void dependent(Json& node) {
    for (const char* word : {"dependentRequired", "dependentSchemas"}) {
      const auto found = node.find(word);
      if (found == node.end()) continue;
      Json members = *found;
      node.erase(word);
      // One name may be in both, so each stands alone.
      node["allOf"].push_back(Json{{"dependencies", std::move(members)}});
    }
  }

  static void tuples(Json& node) {
    const auto found = node.find("prefixItems");
    if (found == node.end()) return;
    Json first = *found;
    node.erase("prefixItems");
    if (node.contains("items")) node["additionalItems"] = node["items"];
    node["items"] = std::move(first);
  }

  void once(const std::string& what) {
    if (said_.insert(what).second) warn_(what);
  }

  Draft draft_;
  const Warn& warn_;
  std::set<std::string> said_;
};

Draft draft_of(const Json& schema) {
  const auto found = schema.is_object() ? schema.find("$schema") : schema.end();
  if (found == schema.end() || !found->is_string()) return Draft::draft2020;
  const auto text = found->get<std::string>();
  if (text.find("draft-04") != std::string::npos) return Draft::draft4;
  if (text.find("draft-06") != std::string::npos) return Draft::draft6;
  if (text.find("draft-07") != std::string::npos) return Draft::draft7;
  if (text.find("2019-09") != std::string::npos) return Draft::draft2019;
  return Draft::draft2020;
}

}  // namespace

KnownSchema known_schema(const std::string& schema, const Warn& warn) {
  try {
    auto json = Json::parse(schema);
    const auto draft = draft_of(json);
    Rewriter(draft, warn).schema(json);
    return {json.dump(), draft == Draft::draft4};
  } catch (const Json::exception& error) {
    throw core::Error(core::ErrorKind::invalid, error.what());
  }
}

}  // namespace gpuctl::chart
