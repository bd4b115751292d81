#include "chart/toml_scalar.hpp"

#include "chart/go/quote.hpp"
#include "chart/go/unicode.hpp"
#include "chart/toml_literal.hpp"

namespace gpuctl::chart {

namespace {

bool is_hex(char32_t code) {
  return is_toml_digit(code) || ((code | 0x20) >= 'a' && (code | 0x20) <= 'f');
}

}  // namespace

Value TomlScalars::value() {
  from_.begin();
  const char32_t code = from_.next();
  if (is_toml_digit(code)) return code == '0' ? zero() : number_or_date(false);
  if (code == '"' || code == '\'') return text_or_lines(code);
  if (code == '.') from_.refuse("floats must start with a digit, not '.'");
  if (code == '-' || code == '+') return signed_number();
  if ((code == 'i' || code == 'n') &&
      ((from_.accept('n') && from_.accept('f')) || (from_.accept('a') && from_.accept('n'))))
    return toml_float(from_.part(), from_.line());
  if (go::is_letter(code)) return word();
  if (code == TomlSource::end) from_.refuse("unexpected EOF; expected value");
  const std::string why = "expected value but found " + go::quoted_rune(code) + " instead";
  if (code == '\n') from_.refuse_break(why);
  from_.refuse(why);
}

Value TomlScalars::text_or_lines(char32_t quote) {
  if (from_.accept(quote)) {
    if (from_.accept(quote)) {
      from_.begin();
      return Value(lines(quote));
    }
    from_.back();
  }
  from_.begin();
  return Value(quote == '"' ? line() : raw_line());
}

std::string TomlScalars::line() {
  for (;;) {
    const char32_t code = from_.next();
    if (code == TomlSource::end) from_.refuse("unexpected EOF; expected '\"'");
    if (is_toml_break(code)) from_.refuse_break("strings cannot contain newlines");
    if (code == '\\') escape();
    if (code != '"') continue;
    const auto text = from_.part();
    return toml_unescaped(text.substr(0, text.size() - 1), from_.line());
  }
}

std::string TomlScalars::raw_line() {
  for (;;) {
    const char32_t code = from_.next();
    if (code == TomlSource::end) from_.refuse("unexpected EOF; expected \"'\"");
    if (is_toml_break(code)) from_.refuse_break("strings cannot contain newlines");
    if (code != '\'') continue;
    const auto text = from_.part();
    return std::string(text.substr(0, text.size() - 1));
  }
}

/// Up to three quotes; two more may stand before them and belong to the text.
std::string TomlScalars::lines(char32_t quote) {
  const bool raw = quote == '\'';
  const std::string three(3, static_cast<char>(quote)), five(5, static_cast<char>(quote));
  const std::string around = raw ? "\"" : "'";
  for (;;) {
    const char32_t code = from_.next();
    if (code == TomlSource::end) from_.refuse("unexpected EOF; expected " + around + three + around);
    if (code == '\\' && !raw) {
      if (!is_toml_break(from_.peek()))
        escape();
      else
        from_.next();
    }
    if (code != quote || !from_.accept(quote)) continue;
    if (!from_.accept(quote)) {
      from_.back();
      continue;
    }
    auto text = from_.part();
    if (from_.peek() == quote) {
      if (text.ends_with(five) && (raw || !text.ends_with("\\" + five)))
        from_.refuse("unexpected " + around + three + three + around);
      from_.back();
      from_.back();
      continue;
    }
    text.remove_suffix(3);
    const auto body = toml_from_first_line(text);
    return raw ? std::string(body) : toml_unescaped(toml_joined_lines(body), from_.line());
  }
}

void TomlScalars::escape() {
  const char32_t code = from_.next();
  if (code == 'x') return digits(2, "two", 'x');
  if (code == 'u') return digits(4, "four", 'u');
  if (code == 'U') return digits(8, "eight", 'U');
  if (code == TomlSource::end || std::u32string_view(U"ebtnfr\" \t\\").find(code) == std::u32string_view::npos) {
    std::string text;
    go::append_rune(text, code);
    from_.refuse_character("invalid escape in string '\\" + text + "'");
  }
}

void TomlScalars::digits(int count, std::string_view said, char letter) {
  for (int i = 0; i < count; ++i)
    if (!is_hex(from_.next()))
      from_.refuse("expected " + std::string(said) + " hexadecimal digits after '\\" + letter + "', but got " +
                   go::quoted(from_.part()) + " instead");
}

Value TomlScalars::word() {
  from_.back();
  std::string read;
  for (char32_t code = from_.next(); go::is_letter(code); code = from_.next()) go::append_rune(read, code);
  from_.back();
  if (read == "true" || read == "false") return Value(read == "true");
  from_.refuse("expected value but found " + go::quoted(read) + " instead");
}

Value TomlScalars::number_or_date(bool zero) {
  for (;;) {
    const char32_t code = from_.next();
    if (is_toml_digit(code)) continue;
    if (!zero && (code == '-' || code == ':')) return date();
    if (code == '_') return whole();
    if (code == '.' || code == 'e' || code == 'E') return fraction();
    from_.back();
    return toml_integer(from_.part(), from_.line());
  }
}

Value TomlScalars::zero() {
  const char32_t code = from_.next();
  if (is_toml_digit(code)) return number_or_date(false);
  if (code == 'b' || code == 'o' || code == 'x') return based(code);
  from_.back();
  return number_or_date(true);
}

Value TomlScalars::signed_number() {
  const char32_t code = from_.next();
  if (code == 'i' || code == 'n') {
    const std::u32string_view rest = code == 'i' ? U"nf" : U"an";
    for (const char32_t letter : rest)
      if (!from_.accept(letter)) from_.refuse("invalid float: '" + std::string(from_.part()) + "'");
    return toml_float(from_.part(), from_.line());
  }
  if (code == '.') from_.refuse("floats must start with a digit, not '.'");
  if (code == '0') {
    const char32_t base = from_.peek();
    if (base == 'b' || base == 'o' || base == 'x')
      from_.refuse("cannot use sign with non-decimal numbers: '" + std::string(from_.part()) + static_cast<char>(base) +
                   "'");
  }
  if (!is_toml_digit(code)) from_.refuse("expected a digit but got " + go::quoted_rune(code));
  return whole();
}

Value TomlScalars::based(char32_t letter) {
  const auto fits = [letter](char32_t code) {
    return letter == 'x' ? is_hex(code) : code >= '0' && code <= (letter == 'o' ? U'7' : U'1');
  };
  if (const char32_t code = from_.peek(); !fits(code)) {
    std::string text(from_.part());
    if (code == TomlSource::end)
      text += '\0';
    else
      go::append_rune(text, code);
    from_.refuse(std::string(letter == 'x'   ? "not a hexadecimal"
                             : letter == 'o' ? "not an octal"
                                             : "not a binary") +
                 " number: '" + text + "'");
  }
  for (char32_t code = from_.next(); fits(code) || code == '_';) code = from_.next();
  from_.back();
  return toml_integer(from_.part(), from_.line());
}

Value TomlScalars::whole() {
  for (;;) {
    const char32_t code = from_.next();
    if (is_toml_digit(code) || code == '_') continue;
    if (code == '.' || code == 'e' || code == 'E') return fraction();
    from_.back();
    return toml_integer(from_.part(), from_.line());
  }
}

Value TomlScalars::fraction() {
  const auto fits = [](char32_t code) {
    return is_toml_digit(code) || (code != 0 && std::u32string_view(U"_.-+eE").find(code) != std::u32string_view::npos);
  };
  while (fits(from_.next())) continue;
  from_.back();
  return toml_float(from_.part(), from_.line());
}

Value TomlScalars::date() {
  const auto fits = [](char32_t code) {
    return is_toml_digit(code) ||
           (code != 0 && std::u32string_view(U"-:Tt .Zz+").find(code) != std::u32string_view::npos);
  };
  while (fits(from_.next())) continue;
  from_.back();
  auto text = from_.part();
  while (text.ends_with(' ')) text.remove_suffix(1);
  return toml_time(text, from_.line());
}

}  // namespace gpuctl::chart
