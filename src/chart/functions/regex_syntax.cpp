#include "chart/functions/regex_syntax.hpp"

#include "chart/go/unicode.hpp"
#include "util/utf8.hpp"

namespace gpuctl::chart {

std::string to_re2(const std::string& pattern) {
  if (!util::is_utf8(pattern)) throw RegexError("error parsing regexp: invalid UTF-8: `" + pattern + "`");
  std::string out;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      const char next = pattern[i + 1];
      if (next == 'C') throw RegexError("error parsing regexp: invalid escape sequence: `\\C`");
      out += c;
      out += next;
      ++i;
      if (next == 'Q') {
        const auto end = pattern.find("\\E", i);
        out += pattern.substr(i + 1, end == pattern.npos ? end : end + 2 - i - 1);
        if (end == pattern.npos) break;
        i = end + 1;
      }
      continue;
    }
    if (!in_class && pattern.compare(i, 3, "(?<") == 0 && i + 3 < pattern.size() && pattern[i + 3] != '=' &&
        pattern[i + 3] != '!') {
      out += "(?P<";
      i += 2;
      continue;
    }
    if (c == '[' && !in_class) {
      in_class = true;
      out += c;
      if (pattern.compare(i + 1, 1, "^") == 0) out += pattern[++i];
      if (pattern.compare(i + 1, 1, "]") == 0) out += pattern[++i];
      continue;
    }
    if (c == ']') in_class = false;
    out += c;
  }
  return out;
}

std::string complaint(const RE2& expression, const std::string& pattern) {
  const auto words = [&]() -> std::string {
    switch (expression.error_code()) {
      case RE2::ErrorBadEscape:
        return "invalid escape sequence";
      case RE2::ErrorBadCharClass:
        return "invalid character class";
      case RE2::ErrorBadCharRange:
        return "invalid character class range";
      case RE2::ErrorMissingBracket:
        return "missing closing ]";
      case RE2::ErrorMissingParen:
        return "missing closing )";
      case RE2::ErrorUnexpectedParen:
        return "unexpected )";
      case RE2::ErrorTrailingBackslash:
        return "trailing backslash at end of expression";
      case RE2::ErrorRepeatArgument:
        return "missing argument to repetition operator";
      case RE2::ErrorRepeatSize:
        return "invalid repeat count";
      case RE2::ErrorRepeatOp:
        return "invalid nested repetition operator";
      case RE2::ErrorBadPerlOp:
        return "invalid or unsupported Perl syntax";
      case RE2::ErrorBadUTF8:
        return "invalid UTF-8";
      case RE2::ErrorBadNamedCapture:
        return "invalid named capture";
      case RE2::ErrorPatternTooLarge:
        return "expression too large";
      default:
        return "regexp/syntax: internal error";
    }
  }();
  std::string at = expression.error_arg();
  switch (expression.error_code()) {
    case RE2::ErrorMissingParen:
    case RE2::ErrorUnexpectedParen:
      at = pattern;
      break;
    case RE2::ErrorTrailingBackslash:
      at.clear();
      break;
    default:
      break;
  }
  return "error parsing regexp: " + words + ": `" + at + "`";
}

namespace {

bool is_name(char32_t code) {
  return code == '_' || go::is_letter(code) || go::is_digit(code);
}

/// The length of the name at the beginning.
std::size_t name_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    const go::Rune rune = go::first_rune(text.substr(length));
    if (!is_name(rune.code)) break;
    length += rune.length;
  }
  return length;
}

/// A name of digits alone is a number, unless it has a zero before others or is too long.
std::int64_t number_of(const std::string& name) {
  std::int64_t number = 0;
  for (const char c : name) {
    if (c < '0' || c > '9' || number >= 100000000) return -1;
    number = number * 10 + (c - '0');
  }
  return name[0] == '0' && name.size() > 1 ? -1 : number;
}

}  // namespace

void expand(std::string& out, const std::string& with,
            const std::function<void(const std::string&, std::int64_t)>& group) {
  std::size_t at = 0;
  for (;;) {
    const auto dollar = with.find('$', at);
    out += with.substr(at, dollar == with.npos ? dollar : dollar - at);
    if (dollar == with.npos) return;
    at = dollar + 1;
    if (with.compare(at, 1, "$") == 0) {
      out += '$';
      ++at;
      continue;
    }
    const bool braced = with.compare(at, 1, "{") == 0;
    const auto start = braced ? at + 1 : at;
    const auto length = name_length(std::string_view(with).substr(start));
    if (length == 0 || (braced && with.compare(start + length, 1, "}") != 0)) {
      out += '$';  // no name: the sign stands for itself
      continue;
    }
    const std::string name = with.substr(start, length);
    group(name, number_of(name));
    at = start + length + (braced ? 1 : 0);
  }
}

}  // namespace gpuctl::chart
