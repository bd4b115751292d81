#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gpuctl::chart {

/// What is wrong at a place in a TOML text, in the words of the library that Helm uses.
struct TomlRefusal {
  std::size_t line = 0;
  std::string why;
};

constexpr bool is_toml_break(char32_t code) {
  return code == '\n' || code == '\r';
}
constexpr bool is_toml_digit(char32_t code) {
  return code >= '0' && code <= '9';
}

/// A TOML text, read character by character. Its complaints are thrown as TomlRefusal.
class TomlSource {
 public:
  /// The text must outlive this.
  explicit TomlSource(std::string_view text) : text_(text) {}

  static constexpr char32_t end = 0;  ///< no text may hold it

  /// The next character, `end` behind the last one. Refuses control characters and what is no UTF-8.
  char32_t next();
  /// One character back.
  void back();
  char32_t peek();
  /// Takes the next character if it is the one.
  bool accept(char32_t wanted);
  void skip_blanks();

  /// What is read from now on is a new part.
  void begin() { start_ = at_; }
  std::string_view part() const { return text_.substr(start_, at_ - start_); }
  std::size_t line() const { return line_; }

  [[noreturn]] void refuse(const std::string& why) const;
  /// Names the line before: of a break that has just been read.
  [[noreturn]] void refuse_break(const std::string& why) const;
  /// Of a single character: at the end of the text the line before is named.
  [[noreturn]] void refuse_character(const std::string& why) const;

 private:
  std::string_view text_;
  std::size_t start_ = 0, at_ = 0, line_ = 1;
  bool at_end_ = false;
};

}  // namespace gpuctl::chart
