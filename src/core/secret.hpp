#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gpuctl::core {

/// A string that must not be shown: it has no formatter, no stream operator and is wiped when it ends.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value);
  Secret(const Secret&) = default;
  Secret(Secret&&) noexcept = default;
  Secret& operator=(const Secret&) = default;
  Secret& operator=(Secret&&) noexcept = default;
  ~Secret();

  bool empty() const { return value_.empty(); }
  /// The value itself, for the one place that sends it.
  const std::string& reveal() const { return value_; }

 private:
  std::string value_;
};

/// Replaces secrets by `[redacted]` in a stream of text, also where a secret stands across two chunks.
class Redactor {
 public:
  void add(const Secret&);
  /// What of `chunk` (and what was held back before) can be shown now.
  std::string feed(std::string_view chunk);
  /// The rest. After it the redactor can begin a new stream.
  std::string finish();
  /// A whole text at once.
  std::string apply(std::string_view text) const;

 private:
  std::vector<std::string> secrets_;  // longest first
  std::string first_letters_;
  std::string held_;
};

}  // namespace gpuctl::core
