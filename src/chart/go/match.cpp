#include <vector>

#include "chart/go/path.hpp"
#include "util/utf8.hpp"

namespace gpuctl::chart {

namespace {

struct ClassRange {
  char32_t low;
  char32_t high;
};

/// What one character of the name is held against.
struct Term {
  enum class Is { byte, any, one_of, none_of } is = Is::byte;
  char byte = 0;
  std::vector<ClassRange> ranges;
};

/// A star, or none, and what comes after it up to the next one.
struct Chunk {
  bool star = false;
  std::vector<Term> terms;
};

char32_t rune_at(std::string_view text, std::size_t& length) {
  const auto symbol = util::first_symbol(text);
  length = symbol.length;
  return symbol.valid ? symbol.code : char32_t{0xFFFD};
}

/// A character of a class; false where the pattern is wrong or ends with it.
bool class_character(std::string_view& pattern, char32_t& out) {
  if (pattern.empty() || pattern[0] == '-' || pattern[0] == ']') return false;
  if (pattern[0] == '\\') pattern.remove_prefix(1);
  if (pattern.empty()) return false;
  const auto symbol = util::first_symbol(pattern);
  if (!symbol.valid) return false;
  out = symbol.code;
  pattern.remove_prefix(symbol.length);
  return !pattern.empty();
}

bool read_class(std::string_view& pattern, Term& term) {
  term.is = Term::Is::one_of;
  if (pattern.starts_with('^')) {
    term.is = Term::Is::none_of;
    pattern.remove_prefix(1);
  }
  while (term.ranges.empty() || !pattern.starts_with(']')) {
    ClassRange range{};
    if (!class_character(pattern, range.low)) return false;
    range.high = range.low;
    if (pattern.starts_with('-')) {
      pattern.remove_prefix(1);
      if (!class_character(pattern, range.high)) return false;
    }
    term.ranges.push_back(range);
  }
  pattern.remove_prefix(1);
  return true;
}

bool read_chunk(std::string_view& pattern, Chunk& chunk) {
  while (pattern.starts_with('*')) {
    chunk.star = true;
    pattern.remove_prefix(1);
  }
  while (!pattern.empty() && pattern[0] != '*') {
    Term term;
    const char c = pattern[0];
    pattern.remove_prefix(1);
    if (c == '[') {
      if (!read_class(pattern, term)) return false;
    } else if (c == '?') {
      term.is = Term::Is::any;
    } else if (c == '\\') {
      if (pattern.empty()) return false;
      term.byte = pattern[0];
      pattern.remove_prefix(1);
    } else {
      term.byte = c;
    }
    chunk.terms.push_back(std::move(term));
  }
  return true;
}

bool within(const Term& term, char32_t code) {
  for (const auto& range : term.ranges)
    if (range.low <= code && code <= range.high) return true;
  return false;
}

/// What is left of the name after the chunk, where it begins with it.
std::optional<std::string_view> after(const Chunk& chunk, std::string_view name) {
  for (const auto& term : chunk.terms) {
    if (name.empty()) return {};
    if (term.is == Term::Is::byte) {
      if (name[0] != term.byte) return {};
      name.remove_prefix(1);
      continue;
    }
    std::size_t length = 1;
    const auto code = rune_at(name, length);
    if (term.is == Term::Is::any ? name[0] == '/' : within(term, code) != (term.is == Term::Is::one_of)) return {};
    name.remove_prefix(length);
  }
  return name;
}

}  // namespace

std::optional<bool> path_match(std::string_view pattern, std::string_view name) {
  while (!pattern.empty()) {
    Chunk chunk;
    if (!read_chunk(pattern, chunk)) return {};
    if (chunk.star && chunk.terms.empty()) return name.find('/') == std::string_view::npos;
    const bool last = pattern.empty();
    auto rest = after(chunk, name);
    while (!rest || (last && !rest->empty())) {
      if (!chunk.star || name.empty() || name[0] == '/') return false;
      name.remove_prefix(1);
      rest = after(chunk, name);
    }
    name = *rest;
  }
  return name.empty();
}

}  // namespace gpuctl::chart
