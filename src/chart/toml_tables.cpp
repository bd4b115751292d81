#include "chart/toml_tables.hpp"

#include "chart/toml_out.hpp"
#include "chart/toml_source.hpp"

namespace gpuctl::chart {

namespace {

/// What the library makes of an array of tables.
class MapsType : public Object {
 public:
  std::string type() const override { return "[]map[string]interface {}"; }
  std::string kind() const override { return "slice"; }
  std::string text() const override { return {}; }
};

}  // namespace

std::string TomlTables::text_of(const TomlKey& key) {
  std::string out;
  for (const std::string& part : key) out += (&part == &key.front() ? "" : ".") + toml_key(part);
  return out;
}

std::string TomlTables::last_key() const {
  if (current.empty()) return text_of(context);
  return context.empty() ? current : text_of(context) + "." + current;
}

void TomlTables::refuse(const std::string& why) const {
  throw TomlRefusal{line, why};
}

std::shared_ptr<TomlTables::Table> TomlTables::inside(const Node& node) {
  return node.tables.empty() ? node.table : node.tables.back();
}

void TomlTables::open(const TomlKey& key, bool of_array) {
  auto table = root_;
  TomlKey passed;
  for (std::size_t i = 0; i + 1 < key.size(); ++i) {
    passed.push_back(key[i]);
    auto found = table->nodes.find(key[i]);
    if (found == table->nodes.end()) {
      set_implicit(passed);
      found = table->nodes.emplace(key[i], Node{{}, std::make_shared<Table>(), {}}).first;
    }
    table = inside(found->second);
    if (!table) refuse("Key '" + text_of(passed) + "' was already created as a hash.");
  }
  context = passed;
  const std::string& last = key.back();
  if (!of_array) {
    put(last, Node{{}, std::make_shared<Table>(), {}});
  } else {
    const auto found = table->nodes.find(last);
    if (found != table->nodes.end() && found->second.tables.empty())
      refuse("Key '" + text_of(key) + "' was already created and cannot be used as an array.");
    table->nodes[last].tables.push_back(std::make_shared<Table>());
  }
  context.push_back(last);
}

void TomlTables::open_implicit(const TomlKey& key) {
  set_implicit(key);
  open(key, false);
}

void TomlTables::set(const std::string& key, Value value) {
  put(key, Node{std::move(value), nullptr, {}});
}

void TomlTables::put(const std::string& key, Node node) {
  auto table = root_;
  TomlKey passed;
  for (const std::string& part : context) {
    passed.push_back(part);
    table = inside(table->nodes[part]);
    if (!table) refuse("Key '" + text_of(passed) + "' has already been defined.");
  }
  passed.push_back(key);
  if (!table->nodes.contains(key)) {
    table->nodes.emplace(key, std::move(node));
    return;
  }
  const std::string name = text_of(passed);
  if (!implicit_.contains(name)) refuse("Key '" + name + "' has already been defined.");
  implicit_.erase(name);
  if (arrays_.contains(name)) table->nodes[key] = std::move(node);
}

void TomlTables::mark(const std::string& key, bool array) {
  TomlKey whole = context;
  if (!key.empty() || whole.empty()) whole.push_back(key);
  if (array)
    arrays_.insert(text_of(whole));
  else
    arrays_.erase(text_of(whole));
}

Value TomlTables::value_of(const Table& table) {
  Map map;
  for (const auto& [key, node] : table.nodes) {
    if (node.table) {
      map.entries.emplace(key, value_of(*node.table));
    } else if (!node.tables.empty()) {
      List list;
      list.named = std::make_shared<MapsType>();
      for (const auto& item : node.tables) list.items.push_back(value_of(*item));
      map.entries.emplace(key, Value(std::move(list)));
    } else {
      map.entries.emplace(key, node.value);
    }
  }
  return Value(std::move(map));
}

}  // namespace gpuctl::chart
