#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "chart/yaml_cursor.hpp"
#include "chart/yaml_nodes.hpp"
#include "yaml/events.hpp"

namespace gpuctl::chart {

/// What the port of libyaml in Go makes of keys within brackets. A question mark is one anywhere, also behind a plain
/// scalar, where none may be. And it forgets that a collection may be a key where nothing in it might have been one:
/// `{}: x`; what was before the colon is then a value, and what follows it is out of place.
class FlowKeys {
 public:
  /// What becomes of a collection that is a key to libyaml.
  enum class Lost : std::uint8_t {
    nothing,  ///< it is one in Go, too
    ends,     ///< the document ends with it
    slips,    ///< it is the value before, and the key is null
  };

  /// `text` must outlive this.
  explicit FlowKeys(std::string_view text) : text_(text) {}

  /// A collection begins.
  void opened(const yaml::Event& event);
  /// A scalar, before it is taken. Throws YamlError.
  void check(const yaml::Event& scalar);
  /// What is wrong within a key that Go does not take for one is not seen there, nor that it has no colon. Throws
  /// YamlError.
  void check(const yaml::EventError& error, const std::vector<YamlNode*>& open);
  /// A collection has ended here, whose parents are `open`. Throws YamlError where something else is expected behind
  /// it.
  Lost closed(const yaml::Stretch& end, const YamlNode& node, const std::vector<YamlNode*>& open);

 private:
  struct Opened {
    bool flow = false, bare = false, mapping = false;
    yaml::Stretch place;
    bool pair = false;  ///< a mapping without braces of its own, which begins where its key does
  };

  void begun(const yaml::Stretch& place);
  [[noreturn]] void misses_end(const yaml::Stretch& place) const;
  std::string_view before(const yaml::Stretch& place);
  void miss_no_colon(const yaml::Stretch& key, const std::vector<YamlNode*>& open);
  bool is_empty(const yaml::Stretch& place);
  bool is_silent(const YamlNode& node, const yaml::Stretch& place);
  bool asks_at_once(const yaml::Stretch& place);
  bool has_colon(const yaml::Stretch& end);
  bool is_asked_for(const yaml::Stretch& place);
  bool is_kept(const yaml::Stretch& place);
  bool is_level(std::size_t sequence);
  std::size_t column_of(const yaml::Stretch& place);

  TextCursor text_;
  std::vector<Opened> open_;
};

}  // namespace gpuctl::chart
