#include <fmt/core.h>

#include <cmath>

#include "chart/go/number.hpp"
#include "chart/go/quote.hpp"
#include "chart/template/parser_state.hpp"

namespace gpuctl::chart {

namespace {

constexpr double two_to_63 = 9223372036854775808.0;
constexpr double two_to_64 = 18446744073709551616.0;

/// A float that is whole can stand for an integer too.
void simplify(Number& number) {
  const double f = number.float64;
  if (!number.is_int && f >= -two_to_63 && f < two_to_63 && std::trunc(f) == f) {
    number.is_int = true;
    number.int64 = static_cast<std::int64_t>(f);
  }
  if (!number.is_uint && f >= 0 && f < two_to_64 && std::trunc(f) == f) {
    number.is_uint = true;
    number.uint64 = static_cast<std::uint64_t>(f);
  }
}

Number complex_number(double real, double imaginary) {
  Number number;
  number.is_complex = true;
  number.float64 = real;
  number.imaginary = imaginary;
  number.is_float = imaginary == 0;
  if (number.is_float) simplify(number);
  return number;
}

Number integer_of(std::string_view text) {
  Number number;
  if (const auto u = go::parse_uint(text)) {
    number.is_uint = true;
    number.uint64 = *u;
  }
  if (const auto i = go::parse_int(text)) {
    number.is_int = true;
    number.int64 = *i;
    if (*i == 0) number.is_uint = true;  // -0
  }
  number.is_float = number.is_int || number.is_uint;
  number.float64 = number.is_int ? static_cast<double>(number.int64) : static_cast<double>(number.uint64);
  return number;
}

}  // namespace

NodePtr Parser::number_of(const Token& token) {
  NodePtr node = made(NodeKind::number, token.position);
  node->text = token.value;
  Number& number = node->number;
  if (token.kind == TokenKind::character_constant) {
    std::string_view rest = token.value.substr(1);
    const auto character = go::take_character(rest, '\'');
    if (!character) fail("invalid syntax");
    if (rest != "'") fail(fmt::format("malformed character constant: {}", token.value));
    number.is_int = number.is_uint = number.is_float = true;
    number.int64 = character->code;
    number.uint64 = character->code;
    number.float64 = character->code;
    return node;
  }
  if (token.kind == TokenKind::complex) {
    const auto sign = token.value.find_last_of("+-");
    const bool in_exponent = sign > 0 && std::string_view("eEpP").find(token.value[sign - 1]) != std::string_view::npos;
    const auto cut = in_exponent ? token.value.find_last_of("+-", sign - 1) : sign;
    const auto real = go::parse_float(token.value.substr(0, cut));
    const auto imaginary = go::parse_float(token.value.substr(cut, token.value.size() - cut - 1));
    if (!real || !imaginary) fail("syntax error scanning complex number");
    number = complex_number(*real, *imaginary);
    return node;
  }
  if (token.value.ends_with('i')) {
    if (const auto imaginary = go::parse_float(token.value.substr(0, token.value.size() - 1))) {
      number = complex_number(0, *imaginary);
      return node;
    }
  }
  number = integer_of(token.value);
  if (!number.is_float) {
    const auto read = go::parse_float(token.value);
    if (!read) fail("illegal number syntax: " + go::quoted(token.value));
    if (token.value.find_first_of(".eEpP") == std::string_view::npos)
      fail("integer overflow: " + go::quoted(token.value));
    number.is_float = true;
    number.float64 = *read;
    simplify(number);
  }
  return node;
}

}  // namespace gpuctl::chart
