#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// Whether a key names a field to encoding/json: in any case.
bool names_field(std::string_view key, std::string_view field);

/// A YAML mapping read into the fields of a Go struct, as sigs.k8s.io/yaml and encoding/json do it: names match in any
/// case, numbers and booleans become the text of a string field, null changes nothing. What is of another kind throws
/// core::Error{invalid} with their words.
class Fields {
 public:
  /// `type` is the struct's name, with its package where that is not v2, and `path` where it is: `Metadata`, ``;
  /// `Dependency`, `dependencies`; `util.SimpleHead`, ``. A struct without a name has none here.
  Fields(const Value& value, const std::string& type, std::string path = {});

  void read(std::string_view name, std::string& out) const;
  void read(std::string_view name, bool& out) const;
  void read(std::string_view name, std::vector<std::string>& out) const;
  void read(std::string_view name, std::optional<std::map<std::string, std::string>>& out) const;
  /// A list of anything.
  void read(std::string_view name, std::vector<Value>& out) const;
  /// The list of the name, to be read by the caller; null where there is none.
  const List* list(std::string_view name, std::string_view go_type) const;
  /// The struct of the name, of that type, to be read by the caller; nothing where there is none or null.
  std::optional<Value> part(std::string_view name, std::string_view go_type) const;

  /// `path` with the name behind.
  std::string path_of(std::string_view name) const;

 private:
  template <class Take>
  void each(std::string_view name, const Take& take) const;
  std::string text(const Value& value, std::string_view name) const;
  [[noreturn]] void wrong(const Value& value, std::string_view name, std::string_view go_type) const;

  std::shared_ptr<Map> map_;
  std::string type_;
  std::string path_;
};

}  // namespace gpuctl::chart
