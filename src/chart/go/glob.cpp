#include "chart/go/glob.hpp"

#include <functional>

#include "util/utf8.hpp"

namespace gpuctl::chart::go {

struct Glob::Term {
  enum class Is { text, any, super, single, range, one_of, choice } is = Is::text;
  std::string text;
  bool negated = false;
  char32_t low = 0;
  char32_t high = 0;
  std::vector<Terms> choices;
};

namespace {

using Term = Glob::Term;
using Terms = Glob::Terms;

struct Wrong {};

/// A pattern is a name, and names are short: more nesting than this is an attack.
constexpr int deepest_braces = 32;

class Reader {
 public:
  explicit Reader(std::string_view pattern) : left_(pattern) {}

  Terms all() {
    auto out = terms(0);
    if (!left_.empty()) throw Wrong();
    return out;
  }

 private:
  /// Up to the end, or in braces up to a comma or the closing one.
  Terms terms(int depth) {
    if (depth > deepest_braces) throw Wrong();
    Terms out;
    while (!left_.empty()) {
      const char c = left_[0];
      if (depth > 0 && (c == ',' || c == '}')) break;
      if (c == '*') {
        star(out);
      } else if (c == '?') {
        left_.remove_prefix(1);
        out.push_back({.is = Term::Is::single});
      } else if (c == '[') {
        left_.remove_prefix(1);
        out.push_back(range());
      } else if (c == '{') {
        left_.remove_prefix(1);
        out.push_back(choice(depth + 1));
      } else {
        out.push_back({.is = Term::Is::text, .text = text(depth > 0 ? "?*[{}," : "?*[{")});
      }
    }
    return out;
  }

  void star(Terms& out) {
    left_.remove_prefix(1);
    const bool super = left_.starts_with('*');
    if (super) left_.remove_prefix(1);
    out.push_back({.is = super ? Term::Is::super : Term::Is::any});
  }

  Term choice(int depth) {
    Term out{.is = Term::Is::choice};
    for (;;) {
      out.choices.push_back(terms(depth));
      if (left_.empty()) return out;
      const char c = left_[0];
      left_.remove_prefix(1);
      if (c == '}') return out;
    }
  }

  std::string text(std::string_view breakers) {
    std::string out;
    while (!left_.empty() && breakers.find(left_[0]) == std::string_view::npos) {
      if (left_[0] == '\\') left_.remove_prefix(1);
      if (left_.empty()) break;
      out += bytes();
    }
    return out;
  }

  std::string_view bytes() {
    const auto symbol = util::first_symbol(left_);
    if (!symbol.valid) throw Wrong();
    const auto out = left_.substr(0, symbol.length);
    left_.remove_prefix(symbol.length);
    return out;
  }

  char32_t rune() {
    if (left_.empty()) throw Wrong();
    return util::first_symbol(bytes()).code;
  }

  Term range() {
    Term out{.is = Term::Is::one_of};
    if (left_.starts_with('!')) {
      out.negated = true;
      left_.remove_prefix(1);
    }
    const auto before = left_;
    const auto first = rune();
    if (left_.starts_with('-')) {
      left_.remove_prefix(1);
      out.is = Term::Is::range;
      out.low = first;
      out.high = rune();
      if (out.high < out.low) throw Wrong();
    } else {
      left_ = before;
      out.text = text("]");
      if (out.text.empty()) throw Wrong();
    }
    if (!left_.starts_with(']')) throw Wrong();
    left_.remove_prefix(1);
    return out;
  }

  std::string_view left_;
};

using Then = std::function<bool(std::string_view)>;

bool one(const Term& term, std::string_view symbol) {
  const auto code = util::first_symbol(symbol).code;
  if (term.is == Term::Is::single) return code != '/';
  const bool in =
      term.is == Term::Is::range ? term.low <= code && code <= term.high : term.text.find(symbol) != std::string::npos;
  return in != term.negated;
}

bool match(const Terms& terms, std::size_t at, std::string_view text, const Then& then) {
  if (at == terms.size()) return then(text);
  const auto& term = terms[at];
  switch (term.is) {
    case Term::Is::text:
      return text.starts_with(term.text) && match(terms, at + 1, text.substr(term.text.size()), then);
    case Term::Is::any:
    case Term::Is::super:
      for (;;) {
        if (match(terms, at + 1, text, then)) return true;
        if (text.empty() || (term.is == Term::Is::any && text[0] == '/')) return false;
        text.remove_prefix(1);
      }
    case Term::Is::choice:
      for (const auto& choice : term.choices)
        if (match(choice, 0, text, [&](std::string_view rest) { return match(terms, at + 1, rest, then); }))
          return true;
      return false;
    default:
      break;
  }
  if (text.empty()) return false;
  const auto length = util::first_symbol(text).length;
  return one(term, text.substr(0, length)) && match(terms, at + 1, text.substr(length), then);
}

}  // namespace

Glob::Glob(std::string_view pattern) {
  try {
    terms_ = std::make_unique<Terms>(Reader(pattern).all());
  } catch (const Wrong&) {
    terms_ = std::make_unique<Terms>(1, Term{.is = Term::Is::super});
  }
}

Glob::~Glob() = default;

bool Glob::matches(std::string_view text) const {
  return match(*terms_, 0, text, [](std::string_view rest) { return rest.empty(); });
}

}  // namespace gpuctl::chart::go
