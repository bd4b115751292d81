#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gpuctl::yaml {

/// Where a scalar stands in a text.
struct Stretch {
  std::size_t line = 0;   ///< from 0
  std::size_t index = 0;  ///< of its first character, from 0, a byte order mark left out
  std::size_t size = 0;   ///< in characters, as it is written
};

/// What libyaml complains of, with the line where go-yaml names one: `line 2: did not find expected key`.
struct EventError : std::runtime_error {
  EventError(const std::string& what, std::vector<Stretch> read) : std::runtime_error(what), ahead(std::move(read)) {}

  std::string problem;         ///< the complaint without its line
  std::size_t index = 0;       ///< where it was found, counted as a Stretch counts
  Stretch context;             ///< where what was being read begins
  std::vector<Stretch> ahead;  ///< scalars in double quotes that were read already, of which no event told
};

enum class EventKind : std::uint8_t {
  stream_start,
  stream_end,
  document_start,
  document_end,
  alias,
  scalar,
  sequence_start,
  sequence_end,
  mapping_start,
  mapping_end,
};

struct Event {
  EventKind kind = EventKind::stream_end;
  std::string anchor;     ///< of an alias: what it refers to
  std::string tag;        ///< in full: `tag:yaml.org,2002:str`
  std::string value;      ///< of a scalar
  bool implicit = false;  ///< a plain scalar without a tag
  Stretch place;          ///< the size is a scalar's
  bool double_quoted = false;
  bool plain = false;  ///< a scalar without quotes, and no block
  bool flow = false;   ///< of a collection's start: written with brackets
  int minor = 1;       ///< of a document's start: the version it names, 1.x
};

/// The events of a YAML 1.1 text, read by libyaml one by one.
class Events {
 public:
  /// The text must outlive this.
  explicit Events(std::string_view text);
  ~Events();
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;

  /// Throws EventError. Not to be called again after stream_end.
  Event next();
  /// Scalars in double quotes that have been read already, of which no event has told.
  std::vector<Stretch> ahead() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace gpuctl::yaml
