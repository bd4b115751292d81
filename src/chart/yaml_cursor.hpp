#pragma once

#include <cstddef>
#include <string_view>

namespace gpuctl::chart {

/// Where characters of a YAML text are, whose places are counted without a byte order mark at the start. It goes from
/// the last one asked for to the next, so that a text is walked through once.
class TextCursor {
 public:
  /// `text` is UTF-8, and must outlive this.
  explicit TextCursor(std::string_view text);

  std::string_view text() const { return text_; }
  /// The byte at which a character begins; the end of the text where there are not so many.
  std::size_t byte_at(std::size_t index);

 private:
  bool continues(std::size_t at) const;

  std::string_view text_;
  std::size_t first_, index_ = 0, at_;
};

}  // namespace gpuctl::chart
