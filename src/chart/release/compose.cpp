#include "chart/release/compose.hpp"

#include "chart/render/output.hpp"

namespace gpuctl::chart::release {

namespace {

/// An object of which what is empty is left out, as Helm's types have it.
class Filled {
 public:
  void text(const char* name, const std::string& text) {
    if (!text.empty()) out_.entries[name] = Value(text);
  }
  void flag(const char* name, bool flag) {
    if (flag) out_.entries[name] = Value(true);
  }
  void texts(const char* name, const std::vector<std::string>& texts) {
    std::vector<Value> items;
    for (const auto& text : texts) items.emplace_back(text);
    list(name, std::move(items));
  }
  void list(const char* name, std::vector<Value> items) {
    if (items.empty()) return;
    List list;
    list.items = std::move(items);
    out_.entries[name] = Value(std::move(list));
  }
  void value(const char* name, Value value) { out_.entries[name] = std::move(value); }
  Value take() { return Value(std::move(out_)); }

 private:
  Map out_;
};

Value maintainer(const Maintainer& from) {
  Filled out;
  out.text("name", from.name);
  out.text("email", from.email);
  out.text("url", from.url);
  return out.take();
}

Value dependency(const Dependency& from) {
  Filled out;
  out.value("name", Value(from.name));
  out.text("version", from.version);
  out.value("repository", Value(from.repository));
  out.text("condition", from.condition);
  out.texts("tags", from.tags);
  out.flag("enabled", from.enabled);
  out.list("import-values", from.import_values);
  out.text("alias", from.alias);
  return out.take();
}

Value annotations(const std::map<std::string, std::string>& from) {
  Map out;
  for (const auto& [name, text] : from) out.entries[name] = Value(text);
  return Value(std::move(out));
}

Value metadata(const Metadata& from) {
  Filled out;
  out.text("name", from.name);
  out.text("home", from.home);
  out.texts("sources", from.sources);
  out.text("version", from.version);
  out.text("description", from.description);
  out.texts("keywords", from.keywords);
  std::vector<Value> list;
  for (const auto& one : from.maintainers) list.push_back(maintainer(one));
  out.list("maintainers", std::move(list));
  out.text("icon", from.icon);
  out.text("apiVersion", from.api_version);
  out.text("condition", from.condition);
  out.text("tags", from.tags);
  out.text("appVersion", from.app_version);
  out.flag("deprecated", from.deprecated);
  if (from.annotations && !from.annotations->empty()) out.value("annotations", annotations(*from.annotations));
  out.text("kubeVersion", from.kube_version);
  list.clear();
  if (from.dependencies)
    for (const auto& one : *from.dependencies) list.push_back(dependency(one));
  out.list("dependencies", std::move(list));
  out.text("type", from.type);
  return out.take();
}

std::vector<StoredFile> stored(const Files& files) {
  std::vector<StoredFile> out;
  for (const auto& file : files) out.push_back({file, {}});
  return out;
}

Hook stored(const chart::Hook& from) {
  Hook out;
  out.name = from.manifest.name;
  out.kind = from.manifest.kind;
  out.path = from.manifest.path;
  out.manifest = from.manifest.text;
  out.events = from.events;
  out.weight = from.weight;
  out.delete_policies = from.delete_policies;
  out.output_log_policies = from.log_policies;
  return out;
}

}  // namespace

StoredChart stored_chart(const Chart& chart) {
  StoredChart out;
  out.metadata = metadata(*chart.metadata);
  out.templates = stored(*chart.templates);
  out.files = stored(*chart.files);
  out.values = Value(chart.values);
  out.schema = chart.schema;
  return out;
}

Release composed(const Chart& chart, const Rendered& rendered, const ReleaseRequest& request) {
  Release out;
  out.name = request.name;
  out.name_space = request.name_space;
  out.version = request.revision;
  out.info.notes = rendered.notes;
  out.chart = stored_chart(chart);
  out.config = Value(request.values);
  OutputOptions manifests;
  manifests.hooks = false;
  out.manifest = output_text(rendered, manifests);
  for (const auto& hook : rendered.hooks) out.hooks.push_back(stored(hook));
  out.apply_method = "ssa";
  return out;
}

}  // namespace gpuctl::chart::release
