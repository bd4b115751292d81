#include <algorithm>

#include "chart/functions/case_words.hpp"
#include "chart/functions/go_panic.hpp"
#include "chart/functions/tables.hpp"
#include "chart/go/letters.hpp"
#include "chart/go/space.hpp"
#include "chart/go/unicode.hpp"

// Texts whose letters change, and texts broken into lines.

namespace gpuctl::chart {

namespace {

/// Each character through `change`, which may look at what came before.
template <class Change>
std::string changed(std::string_view from, Change change) {
  std::string out;
  out.reserve(from.size());
  while (!from.empty()) {
    const go::Rune rune = go::first_rune(from);
    go::append_rune(out, change(rune.code));
    from.remove_prefix(rune.length);
  }
  return out;
}

Value upper(Call& call) {
  return Value(go::upper_text(call.text(0)));
}
Value lower(Call& call) {
  return Value(go::lower_text(call.text(0)));
}

bool parts_words(char32_t code) {
  if (code <= 0x7f) {
    const bool word = (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
    return !word && code != '_';
  }
  return !go::is_letter(code) && !go::is_digit(code) && go::is_space(code);
}

Value title(Call& call) {
  char32_t before = ' ';
  return Value(changed(call.text(0), [&](char32_t code) {
    const bool first = parts_words(before);
    before = code;
    return first ? go::to_title(code) : code;
  }));
}

Value untitle(Call& call) {
  bool next = true;
  return Value(changed(call.text(0), [&](char32_t code) {
    const bool change = next && !go::is_space(code);
    next = go::is_space(code);
    return change ? go::to_lower(code) : code;
  }));
}

Value swapcase(Call& call) {
  bool after_space = true;
  return Value(changed(call.text(0), [&](char32_t code) {
    const bool first = after_space;
    if (go::is_upper(code) || go::is_title(code) || go::is_lower(code)) after_space = false;
    if (go::is_upper(code) || go::is_title(code)) return go::to_lower(code);
    if (go::is_lower(code)) return first ? go::to_title(code) : go::to_upper(code);
    after_space = go::is_space(code);
    return code;
  }));
}

// These two take each byte for a character, as Go's library does.
Value nospace(Call& call) {
  const std::string& from = call.text(0);
  std::string out;
  for (const char c : from)
    if (!go::is_space(static_cast<unsigned char>(c))) go::append_rune(out, static_cast<unsigned char>(c));
  const bool spaces = std::any_of(from.begin(), from.end(), [](unsigned char c) { return go::is_space(c); });
  return spaces ? Value(std::move(out)) : call.args[0];
}

Value initials(Call& call) {
  std::string out;
  bool after_space = true;
  for (const char c : call.text(0)) {
    const auto byte = static_cast<unsigned char>(c);
    if (after_space && !go::is_space(byte)) go::append_rune(out, byte);
    after_space = go::is_space(byte);
  }
  return Value(std::move(out));
}

Value camelcase(Call& call) {
  return Value(pascal_case(call.text(0)));
}
Value snakecase(Call& call) {
  return Value(lower_words(call.text(0), '_'));
}
Value kebabcase(Call& call) {
  return Value(lower_words(call.text(0), '-'));
}

std::string abbreviated(const std::string& from, std::int64_t left, std::int64_t width) {
  const auto size = static_cast<std::int64_t>(from.size());
  if (width < 4) return {};
  if (size <= width) return from;
  left = std::min(left, size);
  if (size - left < width - 3) left = size - (width - 3);
  if (left <= 4) return sliced_to(from, width - 3) + "...";
  if (width < 7) return {};
  if (left + width - 3 < size) return "..." + abbreviated(sliced_from(from, left), 0, width - 3);
  return "..." + sliced_from(from, size - (width - 3));
}

Value abbrev(Call& call) {
  if (call.args[0].integer() < 4) return call.args[1];
  return Value(abbreviated(call.text(1), 0, call.args[0].integer()));
}

Value abbrevboth(Call& call) {
  const auto left = call.args[0].integer();
  const auto right = call.args[1].integer();
  if (right < 4 || (left > 0 && right < 7)) return call.args[2];
  return Value(abbreviated(call.text(2), left, right));
}

/// Where the line that begins at `offset` ends, and where the next begins.
struct Break {
  std::size_t end, next;
};

Break break_after(const std::string& from, std::size_t offset, std::size_t width, bool cuts) {
  const auto blank = from.substr(offset, width + 1).rfind(' ');
  if (blank != std::string::npos) return {offset + blank, offset + blank + 1};
  if (cuts) return {offset + width, offset + width};
  const auto later = from.find(' ', offset + width);
  if (later == std::string::npos) return {from.size(), from.size()};
  return {later, later + 1};
}

std::string wrapped(const std::string& from, std::int64_t length, const std::string& line_end, bool cuts) {
  const auto width = static_cast<std::size_t>(std::max<std::int64_t>(length, 1));
  std::string out;
  std::size_t offset = 0;
  while (from.size() > offset && from.size() - offset > width) {
    if (from[offset] == ' ') {
      ++offset;
      continue;
    }
    const Break at = break_after(from, offset, width, cuts);
    out += from.substr(offset, at.end - offset);
    const bool rest = at.end < from.size() || cuts;
    if (rest) out += line_end;
    offset = at.next;
    if (out.size() > longest_text) throw CallError("strings: the text would be longer than 256 MiB");
  }
  return out + from.substr(std::min(offset, from.size()));
}

Value wrap(Call& call) {
  return Value(wrapped(call.text(1), call.args[0].integer(), "\n", false));
}

Value wrap_with(Call& call) {
  const std::string& line_end = call.text(1);
  return Value(wrapped(call.text(2), call.args[0].integer(), line_end.empty() ? "\n" : line_end, true));
}

}  // namespace

std::span<const Function> word_functions() {
  static const Function functions[] = {
      {"upper", {Type::string}, false, upper, "In upper case"},
      {"lower", {Type::string}, false, lower, "In lower case"},
      {"title", {Type::string}, false, title, "Each word's first letter in title case"},
      {"untitle", {Type::string}, false, untitle, "Each word's first letter in lower case"},
      {"swapcase", {Type::string}, false, swapcase, "Upper case for lower and lower for upper"},
      {"nospace", {Type::string}, false, nospace, "Without any blanks"},
      {"initials", {Type::string}, false, initials, "Each word's first letter"},
      {"camelcase", {Type::string}, false, camelcase, "http_server as HttpServer"},
      {"snakecase", {Type::string}, false, snakecase, "FirstName as first_name"},
      {"kebabcase", {Type::string}, false, kebabcase, "FirstName as first-name"},
      {"abbrev", {Type::integer, Type::string}, false, abbrev, "Cut to a width, with dots at the end"},
      {"abbrevboth",
       {Type::integer, Type::integer, Type::string},
       false,
       abbrevboth,
       "Cut to a width, with dots at both ends"},
      {"wrap", {Type::integer, Type::string}, false, wrap, "In lines of about so many bytes"},
      {"wrapWith",
       {Type::integer, Type::string, Type::string},
       false,
       wrap_with,
       "The same, with a line end of one's own"},
  };
  return functions;
}

}  // namespace gpuctl::chart
