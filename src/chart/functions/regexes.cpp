#include <re2/re2.h>

#include "chart/functions/cast.hpp"
#include "chart/functions/go_panic.hpp"
#include "chart/functions/regex_syntax.hpp"
#include "chart/functions/tables.hpp"
#include "chart/go/letters.hpp"
#include "chart/go/quote.hpp"
#include "chart/go/slice.hpp"
#include "chart/go/unicode.hpp"
#include "util/utf8.hpp"

// Regular expressions: RE2's, whose language Go's are, with Go's rules for what is done with a match.

namespace gpuctl::chart {

namespace {

RE2::Options options() {
  RE2::Options made;
  made.set_log_errors(false);
  made.set_max_mem(std::int64_t{32} << 20);
  return made;
}

/// Where the parts of a match begin and end; a part that took no part has no data.
using Match = std::vector<re2::StringPiece>;

/// A text as Go reads it, where RE2 would find no match: a byte that is no UTF-8 is U+FFFD.
struct Cleaned {
  explicit Cleaned(std::string_view in) {
    for (std::size_t i = 0; i < in.size();) {
      const go::Rune rune = go::first_rune(in.substr(i));
      go::append_rune(text, rune.code);
      at.resize(text.size(), i);
      i += rune.length;
    }
    at.push_back(in.size());
  }

  re2::StringPiece origin(const re2::StringPiece& part, const std::string& in) const {
    if (!part.data()) return part;
    const auto start = static_cast<std::size_t>(part.data() - text.data());
    return {in.data() + at[start], at[start + part.size()] - at[start]};
  }

  std::string text;
  std::vector<std::size_t> at;  ///< where each byte of it comes from
};

class Regex {
 public:
  explicit Regex(const std::string& pattern) : expression_(to_re2(pattern), options()) {
    if (!expression_.ok()) throw RegexError(complaint(expression_, pattern));
  }

  /// Up to `most` matches, all of them below 0. An empty match right behind another one is none.
  std::vector<Match> matches(const std::string& in, std::int64_t most) const {
    if (util::is_utf8(in)) return matches_of(in, most);
    const Cleaned clean(in);
    auto found = matches_of(clean.text, most);
    for (Match& match : found)
      for (re2::StringPiece& part : match) part = clean.origin(part, in);
    return found;
  }

  const RE2& expression() const { return expression_; }

 private:
  std::vector<Match> matches_of(const std::string& in, std::int64_t most) const {
    std::vector<Match> found;
    std::size_t at = 0, behind_last = std::string::npos;
    while (at <= in.size() && static_cast<std::int64_t>(found.size()) != most) {
      Match match(static_cast<std::size_t>(expression_.NumberOfCapturingGroups()) + 1);
      if (!expression_.Match(in, at, in.size(), RE2::UNANCHORED, match.data(), static_cast<int>(match.size()))) break;
      const auto start = static_cast<std::size_t>(match[0].data() - in.data());
      const auto end = start + match[0].size();
      const bool counts = end > start || start != behind_last;
      if (counts) found.push_back(std::move(match));
      if (counts) behind_last = end;
      at = end > at ? end : at + std::max<std::size_t>(go::first_rune(std::string_view(in).substr(at)).length, 1);
    }
    return found;
  }

  RE2 expression_;
};

std::string string_of(const re2::StringPiece& piece) {
  return piece.data() ? std::string(piece.data(), piece.size()) : std::string();
}

std::size_t start_of(const Match& match, const std::string& in) {
  return static_cast<std::size_t>(match[0].data() - in.data());
}

// The plain functions panic, which names the pattern; those with must give the error alone.
Regex compiled_or_panic(const std::string& pattern) {
  try {
    return Regex(pattern);
  } catch (const RegexError& error) {
    const std::string shown = go::can_be_raw(pattern) ? "`" + pattern + "`" : go::quoted(pattern);
    throw CallError("regexp: Compile(" + shown + "): " + error.what());
  }
}
Regex compiled(const std::string& pattern) {
  try {
    return Regex(pattern);
  } catch (const RegexError& error) {
    throw CallError(error.what());
  }
}
using Compile = Regex (*)(const std::string&);

template <Compile compile>
Value match(Call& call) {
  return Value(!compile(call.text(0)).matches(call.text(1), 1).empty());
}

Value match_or_false(Call& call) {
  try {
    return Value(!Regex(call.text(0)).matches(call.text(1), 1).empty());
  } catch (const RegexError&) {
    return Value(false);
  }
}

template <Compile compile>
Value find(Call& call) {
  const auto found = compile(call.text(0)).matches(call.text(1), 1);
  return Value(found.empty() ? std::string() : string_of(found[0][0]));
}

constexpr std::size_t first_room = 10;  ///< that Go makes for the matches

template <Compile compile>
Value find_all(Call& call) {
  List list{Element::string, {}};
  for (const Match& match : compile(call.text(0)).matches(call.text(1), call.args[2].integer()))
    list.items.emplace_back(string_of(match[0]));
  list.nil = list.items.empty();
  list.capacity = first_room;
  while (list.capacity < list.items.size()) list.capacity = go::appended_capacity(list.capacity + 1, list.capacity);
  return Value(std::move(list));
}

/// What `with` makes of each match, and what stands between as it is.
template <class With>
std::string matches_replaced(const Regex& regex, const std::string& in, With with) {
  std::string out;
  std::size_t at = 0;
  for (const Match& match : regex.matches(in, -1)) {
    const auto start = start_of(match, in);
    out.append(in, at, start - at);
    with(out, match);
    at = start + match[0].size();
    if (out.size() > longest_text) throw CallError("regexp: the text would be longer than 256 MiB");
  }
  return out.append(in, at, std::string::npos);
}

template <Compile compile>
Value replace_all(Call& call) {
  const Regex regex = compile(call.text(0));
  const std::string& with = call.text(2);
  const auto& names = regex.expression().NamedCapturingGroups();
  return Value(matches_replaced(regex, call.text(1), [&](std::string& out, const Match& match) {
    expand(out, with, [&](const std::string& name, std::int64_t number) {
      std::size_t group = number < 0 ? match.size() : static_cast<std::size_t>(number);
      if (const auto named = names.find(name); number < 0 && named != names.end())
        group = static_cast<std::size_t>(named->second);
      if (group < match.size()) out += string_of(match[group]);
    });
  }));
}

template <Compile compile>
Value replace_all_literal(Call& call) {
  const std::string& with = call.text(2);
  return Value(
      matches_replaced(compile(call.text(0)), call.text(1), [&](std::string& out, const Match&) { out += with; }));
}

template <Compile compile>
Value split(Call& call) {
  const Regex regex = compile(call.text(0));
  const std::string& in = call.text(1);
  const auto most = call.args[2].integer();
  if (most == 0) return Value(List{Element::string, {}, true});
  if (!call.text(0).empty() && in.empty()) return list_of(std::vector<std::string>{""});
  std::vector<std::string> parts;
  std::size_t start = 0, end = 0;
  const auto matches = regex.matches(in, most);
  for (const Match& match : matches) {
    if (most > 0 && static_cast<std::int64_t>(parts.size()) == most - 1) break;
    end = start_of(match, in);
    if (end + match[0].size() != 0) parts.push_back(in.substr(start, end - start));
    start = end + match[0].size();
  }
  if (end != in.size()) parts.push_back(in.substr(start));
  return list_of(parts, go::appended_capacity(parts.size(), matches.size()));
}

Value quote_meta(Call& call) {
  std::string out;
  for (const char c : call.text(0)) {
    if (std::string_view(R"(\.+*?()|[]{}^$)").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return Value(std::move(out));
}

}  // namespace

std::span<const Function> regex_functions() {
  static const Function functions[] = {
      {"regexMatch", {Type::string, Type::string}, false, match_or_false, "Whether the text holds a match"},
      {"mustRegexMatch", {Type::string, Type::string}, false, match<compiled>, "Whether the text holds a match"},
      {"regexFind", {Type::string, Type::string}, false, find<compiled_or_panic>, "The first match"},
      {"mustRegexFind", {Type::string, Type::string}, false, find<compiled>, "The first match"},
      {"regexFindAll",
       {Type::string, Type::string, Type::integer},
       false,
       find_all<compiled_or_panic>,
       "Up to so many matches"},
      {"mustRegexFindAll",
       {Type::string, Type::string, Type::integer},
       false,
       find_all<compiled>,
       "Up to so many matches"},
      {"regexReplaceAll",
       {Type::string, Type::string, Type::string},
       false,
       replace_all<compiled_or_panic>,
       "The matches replaced; $1 stands for a part"},
      {"mustRegexReplaceAll",
       {Type::string, Type::string, Type::string},
       false,
       replace_all<compiled>,
       "The matches replaced; $1 stands for a part"},
      {"regexReplaceAllLiteral",
       {Type::string, Type::string, Type::string},
       false,
       replace_all_literal<compiled_or_panic>,
       "The matches replaced by a text as it is"},
      {"mustRegexReplaceAllLiteral",
       {Type::string, Type::string, Type::string},
       false,
       replace_all_literal<compiled>,
       "The matches replaced by a text as it is"},
      {"regexSplit",
       {Type::string, Type::string, Type::integer},
       false,
       split<compiled_or_panic>,
       "The parts between matches"},
      {"mustRegexSplit",
       {Type::string, Type::string, Type::integer},
       false,
       split<compiled>,
       "The parts between matches"},
      {"regexQuoteMeta", {Type::string}, false, quote_meta, "The text as an expression that matches it alone"},
  };
  return functions;
}

}  // namespace gpuctl::chart
