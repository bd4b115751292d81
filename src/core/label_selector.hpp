#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gpuctl::core {

/// A label selector as kubectl takes it: `tier=web,env!=test,zone in (a, b),!old,gpu,count>3`.
class LabelSelector {
 public:
  using Labels = std::map<std::string, std::string>;

  /// Nothing asks for nothing. Throws Error{usage}: what stands where, and what was expected.
  static LabelSelector parse(std::string_view text);
  bool matches(const Labels& labels) const;

 private:
  enum class Operator { in, not_in, exists, absent, above, below };
  struct Requirement {
    std::string key;
    Operator op = Operator::exists;
    std::vector<std::string> values;
  };
  class Parser;

  static bool holds(const Requirement& one, const Labels& labels);

  std::vector<Requirement> all_;
};

}  // namespace gpuctl::core
