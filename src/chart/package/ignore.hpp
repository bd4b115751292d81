#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gpuctl::chart {

/// The rules of a .helmignore file, as Helm reads them: no `**`; a rule with `!` in front ignores what it does not
/// match.
class IgnoreRules {
 public:
  /// Only Helm's own rule: hidden files of templates/.
  IgnoreRules();
  /// The rules of a file, and Helm's own after them. Throws core::Error{invalid}.
  explicit IgnoreRules(std::string_view text);

  bool ignores(const std::string& path, bool folder) const;

 private:
  struct Rule {
    std::string pattern;
    bool negated = false;
    bool folders = false;    ///< it ended with a slash
    bool base_only = false;  ///< without a slash: held against the last element

    bool matches(const std::string& path) const;
  };
  void add(std::string_view line);

  std::vector<Rule> rules_;
};

}  // namespace gpuctl::chart
