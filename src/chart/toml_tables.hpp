#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "chart/value.hpp"

namespace gpuctl::chart {

using TomlKey = std::vector<std::string>;

/// The tables of a TOML text as they grow, with the rules of the library that Helm uses for what may be named twice.
/// They are laxer than the specification's. Its complaints are thrown as TomlRefusal, of the line where the key stands.
class TomlTables {
 public:
  TomlKey context;      ///< the table that keys are set in
  std::string current;  ///< the last part of the key whose value is being read
  std::size_t line = 0;

  /// `[key]`, `[[key]]`, and an inline table.
  void open(const TomlKey& key, bool of_array);
  /// Whatever a dotted key or an inline table passes through, which may be named again.
  void open_implicit(const TomlKey& key);
  void set_implicit(const TomlKey& key) { implicit_.insert(text_of(key)); }
  /// A value in the context.
  void set(const std::string& key, Value value);
  /// Whether what has the key, or the context where it is empty, is an array.
  void mark(const std::string& key, bool array);

  /// What a complaint names as the last key.
  std::string last_key() const;
  [[noreturn]] void refuse(const std::string& why) const;
  Value whole() const { return value_of(*root_); }

  /// `a.b."c d"`
  static std::string text_of(const TomlKey& key);

 private:
  struct Table;
  struct Node {
    Value value;                                 ///< where it is neither of the others
    std::shared_ptr<Table> table;                ///< of a table
    std::vector<std::shared_ptr<Table>> tables;  ///< of an array of tables; the last one grows
  };
  struct Table {
    std::map<std::string, Node> nodes;
  };

  static Value value_of(const Table& table);
  static std::shared_ptr<Table> inside(const Node& node);
  void put(const std::string& key, Node node);

  std::shared_ptr<Table> root_ = std::make_shared<Table>();
  std::set<std::string> implicit_, arrays_;
};

}  // namespace gpuctl::chart
