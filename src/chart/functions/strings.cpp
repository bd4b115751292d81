#include <algorithm>

#include "chart/functions/cast.hpp"
#include "chart/functions/go_panic.hpp"
#include "chart/functions/reflect.hpp"
#include "chart/functions/split.hpp"
#include "chart/functions/tables.hpp"
#include "chart/go/quote.hpp"
#include "chart/go/space.hpp"
#include "chart/go/unicode.hpp"

// Texts: cutting, joining, asking. What changes the case of words is in words.cpp.

namespace gpuctl::chart {

namespace {

Value hello(Call&) {
  return Value("Hello!");
}

Value trim(Call& call) {
  return Value(go::trim_space(call.text(0)));
}

/// strings.Trim: the characters of a set, at both ends.
std::string_view trim_of(std::string_view from, std::string_view set) {
  const auto in_set = [&](char32_t code) {
    for (std::string_view rest = set; !rest.empty();) {
      const go::Rune rune = go::first_rune(rest);
      if (rune.code == code) return true;
      rest.remove_prefix(rune.length);
    }
    return false;
  };
  while (!from.empty()) {
    const go::Rune rune = go::first_rune(from);
    if (!in_set(rune.code)) break;
    from.remove_prefix(rune.length);
  }
  while (!from.empty()) {
    auto start = from.size() - 1;
    while (start > 0 && from.size() - start < 4 && (from[start] & 0xc0) == 0x80) --start;
    if (go::first_rune(from.substr(start)).length != from.size() - start) start = from.size() - 1;
    if (!in_set(go::first_rune(from.substr(start)).code)) break;
    from = from.substr(0, start);
  }
  return from;
}

Value trim_all(Call& call) {
  return Value(trim_of(call.text(1), call.text(0)));
}

Value trim_prefix(Call& call) {
  std::string_view from = call.text(1);
  if (from.starts_with(call.text(0))) from.remove_prefix(call.text(0).size());
  return Value(from);
}

Value trim_suffix(Call& call) {
  std::string_view from = call.text(1);
  if (from.ends_with(call.text(0))) from.remove_suffix(call.text(0).size());
  return Value(from);
}

Value contains(Call& call) {
  return Value(call.text(1).find(call.text(0)) != std::string::npos);
}
Value has_prefix(Call& call) {
  return Value(call.text(1).starts_with(call.text(0)));
}
Value has_suffix(Call& call) {
  return Value(call.text(1).ends_with(call.text(0)));
}

Value repeat(Call& call) {
  return Value(repeated(call.text(1), call.args[0].integer()));
}

Value replace(Call& call) {
  return Value(replaced(call.text(2), call.text(0), call.text(1)));
}

Value trunc(Call& call) {
  const auto count = call.args[0].integer();
  const std::string& from = call.text(1);
  const auto size = static_cast<std::int64_t>(from.size());
  if (count < 0 && size + count > 0) return Value(from.substr(static_cast<std::size_t>(size + count)));
  if (count >= 0 && size > count) return Value(from.substr(0, static_cast<std::size_t>(count)));
  return call.args[1];
}

Value substr(Call& call) {
  const auto start = call.args[0].integer();
  const auto end = call.args[1].integer();
  const std::string& from = call.text(2);
  if (start < 0) return Value(sliced_to(from, end));
  if (end < 0 || end > static_cast<std::int64_t>(from.size())) return Value(sliced_from(from, start));
  return Value(sliced(from, start, end));
}

std::string indented(std::int64_t spaces, const std::string& from) {
  const std::string pad = repeated(" ", spaces);
  return pad + replaced(from, "\n", "\n" + pad);
}

Value indent(Call& call) {
  return Value(indented(call.args[0].integer(), call.text(1)));
}
Value nindent(Call& call) {
  return Value("\n" + indented(call.args[0].integer(), call.text(1)));
}

/// What `one` makes of each argument that is not nil, with blanks between.
template <class One>
std::string each(Call& call, One one) {
  std::string out;
  bool first = true;
  for (const Value& arg : call.args) {
    if (arg.is_nil()) continue;
    if (!first) out += ' ';
    first = false;
    out += one(arg);
  }
  return out;
}

Value quote(Call& call) {
  return Value(each(call, [](const Value& arg) { return go::quoted(to_text(arg)); }));
}
Value squote(Call& call) {
  return Value(each(call, [](const Value& arg) { return "'" + show(arg) + "'"; }));
}
Value cat(Call& call) {
  return Value(each(call, [](const Value& arg) { return show(arg); }));
}

Value plural(Call& call) {
  return call.args[call.args[2].integer() == 1 ? 0 : 1];
}

Value join(Call& call) {
  std::string out;
  bool first = true;
  for (const std::string& part : to_texts(call.args[1])) {
    if (!first) out += call.text(0);
    first = false;
    out += part;
    if (out.size() > longest_text) throw CallError("strings: Join output length overflow");
  }
  return Value(std::move(out));
}

Value split_list(Call& call) {
  return list_of(split_n(call.text(1), call.text(0), -1));
}

Value numbered(const std::vector<std::string>& parts) {
  Map map{MapType::string, {}};
  for (std::size_t i = 0; i < parts.size(); ++i) map.entries.emplace("_" + std::to_string(i), Value(parts[i]));
  return Value(std::move(map));
}

Value split(Call& call) {
  return numbered(split_n(call.text(1), call.text(0), -1));
}
Value splitn(Call& call) {
  return numbered(split_n(call.text(2), call.text(0), call.args[1].integer()));
}

Value sort_alpha(Call& call) {
  auto texts = call.args[0].kind() == Kind::list ? to_texts(call.args[0]) : std::vector{to_text(call.args[0])};
  std::sort(texts.begin(), texts.end());
  return list_of(texts);
}

}  // namespace

std::span<const Function> string_functions() {
  static const Function functions[] = {
      {"hello", {}, false, hello, "The text Hello!"},
      {"trim", {Type::string}, false, trim, "Without blanks at both ends"},
      {"trimAll", {Type::string, Type::string}, false, trim_all, "Without the given characters at both ends"},
      {"trimall", {Type::string, Type::string}, false, trim_all, "Without the given characters at both ends"},
      {"trimPrefix", {Type::string, Type::string}, false, trim_prefix, "Without the given beginning"},
      {"trimSuffix", {Type::string, Type::string}, false, trim_suffix, "Without the given end"},
      {"contains", {Type::string, Type::string}, false, contains, "Whether the first text is part of the second"},
      {"hasPrefix", {Type::string, Type::string}, false, has_prefix, "Whether the second text begins with the first"},
      {"hasSuffix", {Type::string, Type::string}, false, has_suffix, "Whether the second text ends with the first"},
      {"repeat", {Type::integer, Type::string}, false, repeat, "The text so many times"},
      {"replace",
       {Type::string, Type::string, Type::string},
       false,
       replace,
       "The third text, the first replaced by the second"},
      {"trunc", {Type::integer, Type::string}, false, trunc, "The first bytes, or below 0 the last"},
      {"substr",
       {Type::integer, Type::integer, Type::string},
       false,
       substr,
       "The bytes from an index to before another"},
      {"indent", {Type::integer, Type::string}, false, indent, "Each line behind so many blanks"},
      {"nindent", {Type::integer, Type::string}, false, nindent, "The same, behind a new line"},
      {"quote", {Type::any}, true, quote, "Each argument in double quotes"},
      {"squote", {Type::any}, true, squote, "Each argument in single quotes"},
      {"cat", {Type::any}, true, cat, "The arguments with blanks between"},
      {"plural", {Type::string, Type::string, Type::integer}, false, plural, "The first text for 1, else the second"},
      {"join", {Type::string, Type::any}, false, join, "The items as one text, the separator between"},
      {"splitList", {Type::string, Type::string}, false, split_list, "The parts between separators, as a list"},
      {"split", {Type::string, Type::string}, false, split, "The parts between separators, as a map: _0, _1 ..."},
      {"splitn", {Type::string, Type::integer, Type::string}, false, splitn, "The same, of at most so many parts"},
      {"sortAlpha", {Type::any}, false, sort_alpha, "The items as texts, sorted"},
  };
  return functions;
}

}  // namespace gpuctl::chart
