#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gpuctl::chart::go {

/// A pattern of gobwas/glob with `/` for a separator, as .Files.Glob takes: `*` and `?` stop at a slash, `**` does not,
/// `[a-c]`, `[!ab]`, `{one,two*}`.
class Glob {
 public:
  /// What is no pattern matches everything, as Helm has it.
  explicit Glob(std::string_view pattern);
  ~Glob();
  bool matches(std::string_view text) const;

  struct Term;
  using Terms = std::vector<Term>;

 private:
  std::unique_ptr<Terms> terms_;
};

}  // namespace gpuctl::chart::go
