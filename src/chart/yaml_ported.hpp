#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "chart/yaml_cursor.hpp"

namespace gpuctl::yaml {
struct Event;
struct EventError;
}  // namespace gpuctl::yaml

namespace gpuctl::chart {

/// A text on its way through libyaml, changed where the port of libyaml in Go reads it otherwise: there a colon before
/// a bracket or comma is a part of the plain scalar within brackets, a tag goes on through commas and brackets, and a
/// byte order mark is a letter. Most changes are found by reading, and the text is read anew after each.
class PortedText {
 public:
  /// `text` must outlive this.
  explicit PortedText(std::string_view text);

  std::string_view text() const { return text_.text(); }
  /// Whether the text was changed, so that this is not complained of again.
  bool mend(const yaml::EventError&);
  /// Whether the text was changed, as the node's tag is a longer one.
  bool mend(const yaml::Event&);
  /// A scalar's content as it was before the changes.
  std::string restored(std::string value) const;

 private:
  bool change(std::size_t at, const std::string& with);

  std::string changed_;
  TextCursor text_;
  std::string colon_, mark_;  ///< what stands for a colon, for a byte order mark; empty where nothing does
  std::size_t read_ = 0;
};

}  // namespace gpuctl::chart
