#include "chart/package/metadata.hpp"

namespace gpuctl::chart {

namespace {

Value texts(const std::vector<std::string>& from) {
  List out;
  for (const auto& text : from) out.items.emplace_back(text);
  return Value(std::move(out));
}

Value maintainers(const std::vector<Maintainer>& from) {
  List out;
  for (const auto& maintainer : from) {
    Map map;
    map.entries["Name"] = Value(maintainer.name);
    map.entries["Email"] = Value(maintainer.email);
    map.entries["URL"] = Value(maintainer.url);
    out.items.emplace_back(std::move(map));
  }
  return Value(std::move(out));
}

Value dependency(const Dependency& from) {
  Map out;
  out.entries["Name"] = Value(from.name);
  out.entries["Version"] = Value(from.version);
  out.entries["Repository"] = Value(from.repository);
  out.entries["Condition"] = Value(from.condition);
  out.entries["Tags"] = texts(from.tags);
  out.entries["Enabled"] = Value(from.enabled);
  List imports;
  imports.items = from.import_values;
  out.entries["ImportValues"] = Value(std::move(imports));
  out.entries["Alias"] = Value(from.alias);
  return Value(std::move(out));
}

Value dependencies(const std::optional<std::vector<Dependency>>& from) {
  List out;
  if (from)
    for (const auto& each : *from) out.items.push_back(dependency(each));
  return Value(std::move(out));
}

Value annotations(const std::optional<std::map<std::string, std::string>>& from) {
  Map out;
  out.type = MapType::string;
  out.nil = !from;
  if (from)
    for (const auto& [key, text] : *from) out.entries[key] = Value(text);
  return Value(std::move(out));
}

}  // namespace

Value chart_value(const Metadata& metadata, bool is_root) {
  Map out;
  out.entries["Name"] = Value(metadata.name);
  out.entries["Home"] = Value(metadata.home);
  out.entries["Sources"] = texts(metadata.sources);
  out.entries["Version"] = Value(metadata.version);
  out.entries["Description"] = Value(metadata.description);
  out.entries["Keywords"] = texts(metadata.keywords);
  out.entries["Maintainers"] = maintainers(metadata.maintainers);
  out.entries["Icon"] = Value(metadata.icon);
  out.entries["APIVersion"] = Value(metadata.api_version);
  out.entries["Condition"] = Value(metadata.condition);
  out.entries["Tags"] = Value(metadata.tags);
  out.entries["AppVersion"] = Value(metadata.app_version);
  out.entries["Deprecated"] = Value(metadata.deprecated);
  out.entries["Annotations"] = annotations(metadata.annotations);
  out.entries["KubeVersion"] = Value(metadata.kube_version);
  out.entries["Dependencies"] = dependencies(metadata.dependencies);
  out.entries["Type"] = Value(metadata.type);
  out.entries["IsRoot"] = Value(is_root);
  return Value(std::move(out));
}

}  // namespace gpuctl::chart
