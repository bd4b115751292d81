#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chart/value.hpp"

namespace gpuctl::chart::go {

/// What stands between the % and the verb.
struct Flags {
  bool has_width = false, has_precision = false;
  bool minus = false, plus = false, sharp = false, space = false, zero = false;
  bool plus_v = false, sharp_v = false;  ///< %+v and %#v, which then have neither of the flags themselves
  int width = 0, precision = 0;
};

/// Writes one value after another as fmt does.
class Printer {
 public:
  std::string out;
  Flags flags;

  void value(const Value& value, char32_t verb);
  void write(std::string_view text);
  void pad(std::string_view text);
  void bad_verb(const Value& value, char32_t verb);

 private:
  void nested(const Value& value, char32_t verb, bool in_interface);
  void boolean(const Value& value, char32_t verb);
  void integer(const Value& value, char32_t verb);
  void floating(const Value& value, char32_t verb);
  void text(const Value& whole, std::string_view text, char32_t verb);
  void bytes(const Value& value, char32_t verb, const char* type);
  void list(const Value& value, char32_t verb);
  void map(const Value& value, char32_t verb);
  void object(const Value& value, char32_t verb);
  void named_integer(const Value& value, char32_t verb);
  void inside(const Object& object, const std::vector<std::pair<std::string, Value>>& fields, char32_t verb);
  void pointer(const Value& value, char32_t verb);

  void digits(std::uint64_t number, unsigned base, bool is_signed, char32_t verb, bool upper = false);
  void hex(std::uint64_t number, bool prefix);
  void character(std::uint64_t code);
  void quoted_character(std::uint64_t code);
  void unicode(std::uint64_t code);
  void decimal(double number, char verb, int precision);
  std::string with_point(std::string number, char verb, int precision) const;
  void string(std::string_view text);
  void quoted(std::string_view text);
  void hex_text(std::string_view text, bool upper);
  std::string_view truncated(std::string_view text) const;
  void padding(long count);
  void pad_unzeroed(std::string_view text);

  bool erring_ = false;
  int depth_ = 0;  ///< of lists and maps within each other
};

}  // namespace gpuctl::chart::go
