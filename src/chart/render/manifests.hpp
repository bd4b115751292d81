#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gpuctl::chart {

/// An object of a release, as text.
struct Manifest {
  std::string path;  ///< of its template: `chart/templates/x.yaml`
  std::string text;
  std::string api_version;
  std::string kind;
  std::string name;
};

/// An object with the annotation helm.sh/hook.
struct Hook {
  Manifest manifest;
  std::vector<std::string> events;  ///< `pre-install`, `test`
  int weight = 0;
  std::vector<std::string> delete_policies;
  std::vector<std::string> log_policies;

  bool is_test() const;
};

struct Sorted {
  std::vector<Manifest> manifests;
  std::vector<Hook> hooks;
};

/// The documents of a YAML stream, without blanks around them.
std::vector<std::string> split_documents(std::string_view text);

/// The objects of a chart's output in the order of installing. Documents of unknown hooks are left out. Throws
/// core::Error{invalid}: `YAML parse error on chart/templates/x.yaml: …`.
Sorted sort_manifests(const std::map<std::string, std::string>& files);

}  // namespace gpuctl::chart
