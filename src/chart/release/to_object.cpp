#include "chart/release/codec.hpp"
#include "util/base64.hpp"

namespace gpuctl::chart::release {

namespace {

/// Fields of an object; what encoding/json leaves out when it is empty is not set.
class Fields {
 public:
  void set(const char* name, Value value) { map_.entries.insert_or_assign(name, std::move(value)); }
  void text(const char* name, const std::string& text) {
    if (!text.empty()) set(name, Value(text));
  }
  void number(const char* name, std::int64_t number) {
    if (number != 0) set(name, Value::of_int(number));
  }
  void texts(const char* name, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    List list;
    for (const auto& text : texts) list.items.emplace_back(text);
    set(name, Value(std::move(list)));
  }
  Value value() && { return Value(std::move(map_)); }

 private:
  Map map_;
};

Value files(const std::vector<StoredFile>& files) {
  List list;
  for (const auto& [file, modified] : files) {
    Fields out;
    out.set("name", Value(file.name));
    out.set("data", Value(util::base64_encode(file.data)));
    out.text("modtime", modified);
    list.items.push_back(std::move(out).value());
  }
  return Value(std::move(list));
}

Value chart(const StoredChart& chart) {
  Fields out;
  out.set("metadata", chart.metadata);
  out.set("lock", chart.lock);
  out.set("templates", files(chart.templates));
  out.set("values", chart.values);
  out.set("schema", chart.schema ? Value(util::base64_encode(*chart.schema)) : Value());
  out.set("schemamodtime", Value(chart.schema_modified.empty() ? "0001-01-01T00:00:00Z" : chart.schema_modified));
  out.set("files", files(chart.files));
  out.text("modtime", chart.modified);
  return std::move(out).value();
}

Value hook(const Hook& hook) {
  Fields run;
  run.text("started_at", hook.last_run.started);
  run.text("completed_at", hook.last_run.completed);
  run.set("phase", Value(hook.last_run.phase));
  Fields out;
  out.text("name", hook.name);
  out.text("kind", hook.kind);
  out.text("path", hook.path);
  out.text("manifest", hook.manifest);
  out.texts("events", hook.events);
  out.set("last_run", std::move(run).value());
  out.number("weight", hook.weight);
  out.texts("delete_policies", hook.delete_policies);
  out.texts("output_log_policies", hook.output_log_policies);
  return std::move(out).value();
}

Value info(const Info& info) {
  Fields out;
  out.text("first_deployed", info.first_deployed);
  out.text("last_deployed", info.last_deployed);
  out.text("deleted", info.deleted);
  out.text("description", info.description);
  out.text("status", info.status);
  out.text("notes", info.notes);
  return std::move(out).value();
}

}  // namespace

Value json_value(const Release& release) {
  Fields out;
  out.text("name", release.name);
  out.set("info", info(release.info));
  if (release.chart) out.set("chart", chart(*release.chart));
  if (release.config.kind() == Kind::map && !release.config.map()->entries.empty()) out.set("config", release.config);
  out.text("manifest", release.manifest);
  List hooks;
  for (const auto& one : release.hooks) hooks.items.push_back(hook(one));
  if (!hooks.items.empty()) out.set("hooks", Value(std::move(hooks)));
  out.number("version", release.version);
  out.text("namespace", release.name_space);
  out.text("apply_method", release.apply_method);
  return std::move(out).value();
}

}  // namespace gpuctl::chart::release
