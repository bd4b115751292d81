#include "chart/yaml_cursor.hpp"

namespace gpuctl::chart {

TextCursor::TextCursor(std::string_view text)
    : text_(text), first_(text.starts_with("\xef\xbb\xbf") ? 3 : 0), at_(first_) {}

/// Whether the byte belongs to the character before it.
bool TextCursor::continues(std::size_t at) const {
  return at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xc0U) == 0x80;
}

std::size_t TextCursor::byte_at(std::size_t index) {
  for (; index_ < index && at_ < text_.size(); ++index_) {
    ++at_;
    while (continues(at_)) ++at_;
  }
  for (; index_ > index && at_ > first_; --index_) {
    --at_;
    while (at_ > first_ && continues(at_)) --at_;
  }
  return at_;
}

}  // namespace gpuctl::chart
