#include "chart/source/lock.hpp"

#include "chart/json_out.hpp"
#include "chart/package/decode.hpp"
#include "chart/package/read_yaml.hpp"
#include "chart/yaml_out.hpp"
#include "util/digest.hpp"

namespace gpuctl::chart {

namespace {

/// A struct as encoding/json writes it: its fields in their order, empty ones left out where it says so.
class Json {
 public:
  void field(std::string_view name, const std::string& value, bool always = false) {
    if (value.empty() && !always) return;
    key(name);
    append_json_string(out_, value, true);
  }
  void list(std::string_view name, std::vector<Value> items) {
    if (items.empty()) return;
    key(name);
    List list;
    list.items = std::move(items);
    out_ += to_json(Value(std::move(list)));
  }
  void yes(std::string_view name, bool value) {
    if (!value) return;
    key(name);
    out_ += "true";
  }
  std::string text() const { return out_ + "}"; }

 private:
  void key(std::string_view name) {
    if (out_.size() > 1) out_ += ',';
    append_json_string(out_, name, true);
    out_ += ':';
  }
  std::string out_ = "{";
};

std::string json_of(const Dependency& dependency) {
  Json out;
  out.field("name", dependency.name, true);
  out.field("version", dependency.version);
  out.field("repository", dependency.repository, true);
  out.field("condition", dependency.condition);
  std::vector<Value> tags;
  for (const auto& tag : dependency.tags) tags.emplace_back(tag);
  out.list("tags", std::move(tags));
  out.yes("enabled", dependency.enabled);
  out.list("import-values", dependency.import_values);
  out.field("alias", dependency.alias);
  return out.text();
}

std::string json_of(const Dependencies& dependencies) {
  if (!dependencies) return "null";
  std::string out;
  for (const auto& dependency : *dependencies) out += (out.empty() ? "" : ",") + json_of(dependency);
  return "[" + out + "]";
}

}  // namespace

Lock read_lock(const std::string& text) {
  const auto yaml = read_yaml(text);
  Lock out;
  const Fields fields(yaml, "Lock");
  fields.read("generated", out.generated);
  fields.read("digest", out.digest);
  Metadata metadata;
  read_metadata(yaml, metadata);
  out.dependencies = std::move(metadata.dependencies);
  return out;
}

std::string lock_text(const Lock& lock) {
  Map out;
  List list;
  for (const auto& dependency : lock.dependencies.value_or(std::vector<Dependency>())) {
    Map entry;
    entry.entries["name"] = Value(dependency.name);
    entry.entries["repository"] = Value(dependency.repository);
    if (!dependency.version.empty()) entry.entries["version"] = Value(dependency.version);
    list.items.emplace_back(std::move(entry));
  }
  out.entries["dependencies"] = Value(std::move(list));
  out.entries["digest"] = Value(lock.digest);
  out.entries["generated"] = Value(lock.generated);
  return to_yaml(Value(std::move(out)));
}

std::string lock_digest(const Dependencies& wanted, const Dependencies& found) {
  return "sha256:" + util::sha256_hex("[" + json_of(wanted) + "," + json_of(found) + "]");
}

std::string old_lock_digest(const Dependencies& wanted) {
  return "sha256:" + util::sha256_hex("{\"dependencies\":" + json_of(wanted) + "}");
}

}  // namespace gpuctl::chart
