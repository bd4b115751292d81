#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/node.hpp"

namespace gpuctl::yaml {

/// A text that is fit to be parsed, and its places. Throws core::Error{invalid}: over 1 MiB, not UTF-8, a control
/// character. A byte order mark is taken off.
class SourceText {
 public:
  SourceText(std::string_view text, std::string file);

  const std::string& text() const { return text_; }
  const std::string& file() const { return file_; }
  /// Lines and byte columns from 0; columns of the result count characters.
  core::Where where(int line, int byte_column) const;
  /// Without its end; empty past the last line.
  std::string_view line(int index) const;

  /// Everything from that place on.
  std::string_view from(int line, int byte_column) const;

 private:
  static constexpr std::size_t block_size = 256;
  std::size_t continuations(std::size_t offset) const;
  std::size_t offset(int line, int byte_column) const;
  core::Where where_of(std::size_t offset) const;
  void refuse_unreadable() const;

  std::string text_;
  std::string file_;
  std::vector<std::size_t> starts_;         // offset of each line
  std::vector<std::size_t> continuations_;  // before each block: bytes that begin no character
};

}  // namespace gpuctl::yaml
