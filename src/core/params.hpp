#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/host.hpp"
#include "core/node.hpp"
#include "core/ports.hpp"

namespace gpuctl::core {

/// Reads one mapping of a playbook, key by key. Every error names the place, the key, what was expected and the nearest
/// known name. A number gives its source text where a string is asked for. Call `done()` last: a key that nobody asked
/// for is an error.
class Params {
 public:
  /// `what` names the mapping in errors: `apt_repository`. `host` and `source` outlive this.
  Params(const Node& node, std::string what, const Host& host, Source& source);

  bool has(const std::string& key);
  std::string text(const std::string& key);
  std::string text(const std::string& key, std::string fallback);
  bool flag(const std::string& key, bool fallback);
  std::int64_t integer(const std::string& key, std::int64_t fallback);
  std::vector<std::string> texts(const std::string& key);  ///< a list of strings; absent: empty
  std::vector<std::pair<std::string, std::string>> pairs(
      const std::string& key);  ///< a mapping of strings; absent: empty
  std::chrono::milliseconds duration(const std::string& key, std::chrono::milliseconds fallback);  ///< 90s, 10m, 500ms
  std::int64_t bytes(const std::string& key, std::int64_t fallback);                               ///< 12288MiB
  /// One of `allowed`; else an error that lists them and names the nearest.
  std::string one_of(const std::string& key, const std::vector<std::string>& allowed, const std::string& fallback);
  /// A mapping below; throws when absent. Its errors are named `what.key`.
  Params mapping(const std::string& key);
  const Node* node(const std::string& key);

  const Host& host() const { return host_; }
  Source& source() const { return source_; }
  const Where& where() const { return node_.where; }
  Where where(const std::string& key) const;

  /// Throws at the first key that was never asked for.
  void done() const;
  /// Throws Error{invalid} at the key (or at the mapping, when it is absent).
  [[noreturn]] void fail(const std::string& key, const std::string& message, std::string hint = {}) const;

 private:
  const Node& need(const std::string& key, const char* expected);
  [[noreturn]] void fail_type(const std::string& key, const Node& node, const std::string& expected,
                              std::string hint = {}) const;
  [[noreturn]] void fail_unknown(const Entry& entry) const;

  const Node& node_;
  std::string what_;
  const Host& host_;
  Source& source_;
  std::set<std::string> known_;
};

/// How an error names what stands there: `"yes"`, `true`, `12`, `a list`, `nothing`.
std::string found(const Node&);

/// `90s`, `10m`, `1h30m`, `500ms`; nothing when it is not a duration.
std::optional<std::chrono::milliseconds> parse_duration(const std::string&);
/// `12288MiB`, `2GiB`, `512KiB`; nothing when it is not a size.
std::optional<std::int64_t> parse_bytes(const std::string&);

}  // namespace gpuctl::core
