#include "yaml/text.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace gpuctl::yaml {

namespace {

constexpr std::size_t most_text_bytes = std::size_t{1} << 20;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

using core::Error;
using core::ErrorKind;

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// The length of the UTF-8 character at `text[at]`; 0 when it is not one (RFC 3629: no surrogates, nothing overlong).
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if (!continues(text[at + i])) return 0;
  const unsigned char second = byte(at + 1);
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
  if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
  return length;
}

bool control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

}  // namespace

SourceText::SourceText(std::string_view text, std::string file) : file_(std::move(file)) {
  if (text.size() > most_text_bytes)
    throw Error(ErrorKind::invalid,
                fmt::format("too large: {} bytes, at most {} (1 MiB)", text.size(), most_text_bytes),
                core::Where{file_, 0, 0});
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  text_ = text;
  starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i)
    if (text_[i] == '\n') starts_.push_back(i + 1);
  std::size_t seen = 0;
  for (std::size_t i = 0; i <= text_.size(); ++i) {
    if (i % block_size == 0) continuations_.push_back(seen);
    if (i < text_.size() && continues(text_[i])) ++seen;
  }
  refuse_unreadable();
}

std::size_t SourceText::offset(int line, int byte_column) const {
  const std::size_t index = std::min(static_cast<std::size_t>(std::max(line, 0)), starts_.size() - 1);
  return std::min(text_.size(), starts_[index] + static_cast<std::size_t>(std::max(byte_column, 0)));
}

core::Where SourceText::where(int line, int byte_column) const {
  const std::size_t from = offset(line, 0);
  const std::size_t to = offset(line, byte_column);
  const std::size_t characters = to - from - (continuations(to) - continuations(from));
  return {file_, std::max(line, 0) + 1, static_cast<int>(characters) + 1};
}

// A line can be a megabyte long and hold every value: none of this may be linear in its length.
std::size_t SourceText::continuations(std::size_t offset) const {
  const std::size_t block = offset / block_size;
  const std::string_view rest = std::string_view(text_).substr(block * block_size, offset % block_size);
  return continuations_[block] + static_cast<std::size_t>(std::count_if(rest.begin(), rest.end(), continues));
}

std::string_view SourceText::from(int line, int byte_column) const {
  return std::string_view(text_).substr(offset(line, byte_column));
}

core::Where SourceText::where_of(std::size_t offset) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto line = static_cast<std::size_t>(after - starts_.begin()) - 1;
  return where(static_cast<int>(line), static_cast<int>(offset - starts_[line]));
}

std::string_view SourceText::line(int index) const {
  if (index < 0 || static_cast<std::size_t>(index) >= starts_.size()) return {};
  const auto at = static_cast<std::size_t>(index);
  const std::size_t end = at + 1 < starts_.size() ? starts_[at + 1] - 1 : text_.size();
  std::string_view rest = std::string_view(text_).substr(starts_[at], end - starts_[at]);
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

// yaml-cpp takes 0x04 for the end of the text and guesses other encodings from NUL bytes: neither may reach it.
void SourceText::refuse_unreadable() const {
  for (std::size_t at = 0; at < text_.size();) {
    const std::size_t length = character_length(text_, at);
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (length == 0)
      throw Error(ErrorKind::invalid, fmt::format("not UTF-8: byte 0x{:02X}", byte), where_of(at),
                  "save the file as UTF-8");
    if (control(text_[at]))
      throw Error(ErrorKind::invalid, fmt::format("a control character (0x{:02X}), expected text", byte), where_of(at));
    at += length;
  }
}

}  // namespace gpuctl::yaml
