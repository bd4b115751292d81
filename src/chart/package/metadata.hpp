#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// A chart that another one says it needs.
struct Dependency {
  std::string name;
  std::string version;
  std::string repository;
  std::string condition;
  std::vector<std::string> tags;
  bool enabled = false;
  std::vector<Value> import_values;
  std::string alias;
};

struct Maintainer {
  std::string name;
  std::string email;
  std::string url;
};

/// Chart.yaml.
struct Metadata {
  std::string name;
  std::string home;
  std::vector<std::string> sources;
  std::string version;
  std::string description;
  std::vector<std::string> keywords;
  std::vector<Maintainer> maintainers;
  std::string icon;
  std::string api_version;
  std::string condition;
  std::string tags;
  std::string app_version;
  bool deprecated = false;
  std::optional<std::map<std::string, std::string>> annotations;
  std::string kube_version;
  std::optional<std::vector<Dependency>> dependencies;
  std::string type;

  bool is_library() const;
};

/// Reads Chart.yaml, or requirements.yaml, into `out`: fields that it does not have stay as they are. Throws
/// core::Error{invalid} with Helm's words.
void read_metadata(const Value& yaml, Metadata& out);

/// Cleans the texts and checks what Helm checks. Throws core::Error{invalid}: `validation: chart.metadata.name is
/// required`.
void validate(Metadata& metadata);

/// The chart as templates see it: `.Chart`, with Go's field names for keys.
Value chart_value(const Metadata& metadata, bool is_root);

}  // namespace gpuctl::chart
