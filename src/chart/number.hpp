#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gpuctl::chart {

/// The fewest decimal digits that give back the number: 0.DIGITS times ten to the power of `point`.
struct Digits {
  bool negative = false;
  std::string digits;  ///< no zeros at either end; empty for zero
  int point = 0;
};
Digits shortest(double);  ///< of a finite number

/// As Go's %v and %g without a precision: `1e+06`, `0.5`, `+Inf`.
std::string print_float(double);
std::string print_float(float);
/// As encoding/json writes it. The number must be finite.
std::string json_float(double);
/// `number` with an exponent of at least so many digits: `1.5e+07`.
std::string with_exponent(const Digits& number, std::size_t exponent_digits);
std::string without_exponent(const Digits& number);

enum class Parsed : std::uint8_t { fine, syntax, range };
struct ParsedInt {
  Parsed outcome = Parsed::syntax;
  std::int64_t value = 0;  ///< the nearest on `range`, else 0 where not fine
};
struct ParsedUint {
  Parsed outcome = Parsed::syntax;
  std::uint64_t value = 0;
};
struct ParsedFloat {
  Parsed outcome = Parsed::syntax;
  double value = 0;  ///< infinite on `range`
};

// As strconv reads; base 0 takes Go's prefixes and underscores.
ParsedInt parse_int(std::string_view text, int base);
ParsedUint parse_uint(std::string_view text, int base);
ParsedFloat parse_float(std::string_view text);

/// A float as Go converts it to an int64 on amd64: what does not fit is the smallest one.
std::int64_t truncate(double);

}  // namespace gpuctl::chart
