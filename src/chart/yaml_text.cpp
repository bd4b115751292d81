#include "chart/yaml_text.hpp"

#include "util/utf8.hpp"

namespace gpuctl::chart {

namespace {

/// What libyaml's emitter takes for printable: nothing outside the first plane.
bool is_printable(char32_t code) {
  return code == '\n' || (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xd7ff) ||
         (code >= 0xe000 && code <= 0xfffd && code != 0xfeff);
}

bool is_break(char32_t code) {
  return code == '\r' || code == '\n' || code == 0x85 || code == 0x2028 || code == 0x2029;
}

bool is_blank(char32_t code) {
  return code == ' ' || code == '\t';
}

/// What stands in a text that keeps it from a style.
struct Traits {
  bool indicators = false;
  bool breaks = false, special = false, tabs = false;
  bool leading_blank = false, trailing_space = false, trailing_break = false;
  bool break_space = false, space_break = false;
};

class Analysis {
 public:
  Analysis(std::string_view text, GoYaml version) : text_(text), version_(version) {}

  Traits traits() {
    if (text_.starts_with("---") || text_.starts_with("...")) found_.indicators = true;
    while (at_ < text_.size()) step();
    return found_;
  }

 private:
  void step() {
    const auto symbol = util::first_symbol(text_.substr(at_));
    const auto next = at_ + symbol.length;
    const auto after = next < text_.size() ? util::first_symbol(text_.substr(next)).code : U' ';
    indicator(symbol.code, is_blank(after));
    if (symbol.code == '\t' && version_ == GoYaml::v3)
      found_.tabs = true;
    else if (!is_printable(symbol.code))
      found_.special = true;
    blank(symbol.code, next == text_.size());
    after_blank_ = is_blank(symbol.code) || is_break(symbol.code) || symbol.code == 0;
    at_ = next;
  }

  void indicator(char32_t code, bool before_blank) {
    constexpr std::u32string_view first = U"#,[]{}&*!|>'\"%@`";
    if (at_ == 0) {
      if (first.find(code) != first.npos) found_.indicators = true;
      if ((code == '?' || code == ':' || code == '-') && before_blank) found_.indicators = true;
    } else if ((code == ':' && before_blank) || (code == '#' && after_blank_)) {
      found_.indicators = true;
    }
  }

  void blank(char32_t code, bool last) {
    if (code == ' ') {
      if (at_ == 0) found_.leading_blank = true;
      if (last) found_.trailing_space = true;
      if (previous_break_) found_.break_space = true;
    } else if (is_break(code)) {
      found_.breaks = true;
      if (at_ == 0) found_.leading_blank = true;
      if (last) found_.trailing_break = true;
      if (previous_space_) found_.space_break = true;
    }
    previous_space_ = code == ' ';
    previous_break_ = is_break(code);
  }

  std::string_view text_;
  GoYaml version_;
  Traits found_;
  std::size_t at_ = 0;
  bool after_blank_ = true, previous_space_ = false, previous_break_ = false;
};

bool reads_as_text(std::string_view text, GoYaml version) {
  if (resolve(text, version).tag != YamlTag::string || is_base60(text)) return false;
  return version == GoYaml::v2 || !is_old_boolean(text);
}

void append_code(std::string& out, char32_t code) {
  using namespace std::string_view_literals;
  constexpr auto known = U"\0\a\b\t\n\v\f\r\x1b\"\\\x85\xa0\u2028\u2029"sv;  // holds a zero
  constexpr std::string_view letters = "0abtnvfre\"\\N_LP";
  out += '\\';
  if (const auto at = known.find(code); at != known.npos) {
    out += letters[at];
    return;
  }
  int digits = code <= 0xff ? 2 : code <= 0xffff ? 4 : 8;
  out += digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
  while (digits-- > 0) out += "0123456789ABCDEF"[(code >> (digits * 4)) & 0xf];
}

/// Breaks lines that have become wider than a width.
class Folder {
 public:
  Folder(std::string& out, int indent, std::size_t width) : out_(out), indent_(indent), width_(width) {}

  /// Whether the blank that comes next became the end of the line.
  bool folds(bool blank, bool may) {
    const bool after_blank = blank_;
    blank_ = blank;
    if (!blank || after_blank || !may || width_ == 0 || column() <= width_) return false;
    out_ += '\n';
    out_.append(static_cast<std::size_t>(indent_), ' ');
    return true;
  }

 private:
  std::size_t column() const {
    const auto start = out_.rfind('\n') + 1;
    std::size_t count = 0;
    for (auto i = start; i < out_.size(); ++i)
      if ((out_[i] & 0xc0) != 0x80) ++count;
    return count;
  }

  std::string& out_;
  int indent_;
  std::size_t width_;
  bool blank_ = false;
};

void append_plain(std::string& out, std::string_view text, int indent, std::size_t width) {
  Folder folder(out, indent, width);
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!folder.folds(text[i] == ' ', i + 1 < text.size() && text[i + 1] != ' ')) out += text[i];
}

void append_double_quoted(std::string& out, std::string_view text, int indent, std::size_t width) {
  out += '"';
  Folder folder(out, indent, width);
  // Go asks the first character in place of each whether it is a byte order mark.
  const bool all = text.starts_with("\xef\xbb\xbf");
  for (bool first = true; !text.empty(); first = false) {
    if (!all && folder.folds(text[0] == ' ', !first && text.size() > 1)) {
      text.remove_prefix(1);
      if (text[0] == ' ') out += '\\';
      continue;
    }
    const auto symbol = util::first_symbol(text);
    const auto code = symbol.code;
    if (all || !is_printable(code) || is_break(code) || code == '"' || code == '\\')
      append_code(out, code);
    else
      out += text.substr(0, symbol.length);
    text.remove_prefix(symbol.length);
  }
  out += '"';
}

/// Breaks end lines, and what follows them is indented.
template <class Character>
void append_lines(std::string& out, std::string_view text, int indent, bool at_line_start, Character character) {
  while (!text.empty()) {
    const auto symbol = util::first_symbol(text);
    if (!is_break(symbol.code) && at_line_start) out.append(static_cast<std::size_t>(indent), ' ');
    at_line_start = is_break(symbol.code);
    character(text.substr(0, symbol.length));
    text.remove_prefix(symbol.length);
  }
}

void append_single_quoted(std::string& out, std::string_view text, int indent, std::size_t width) {
  out += '\'';
  Folder folder(out, indent, width);
  append_lines(out, text, indent, false, [&](std::string_view character) {
    const auto at = static_cast<std::size_t>(character.data() - text.data());
    if (folder.folds(character == " ", at > 0 && at + 1 < text.size() && text[at + 1] != ' ')) return;
    if (character == "'") out += '\'';
    out += character;
  });
  out += '\'';
}

/// How many breaks a text ends with, up to two, and whether there is anything else.
std::string_view chomping(std::string_view text) {
  const auto last_break = [](std::string_view& from) {
    for (const std::string_view end : {"\n", "\r", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"})
      if (from.ends_with(end)) return from.remove_suffix(end.size()), true;
    return false;
  };
  if (!last_break(text)) return "-";
  if (text.empty() || last_break(text)) return "+";
  return "";
}

void append_literal(std::string& out, std::string_view text, int indent) {
  const auto first = util::first_symbol(text).code;
  out += '|';
  if (first == ' ' || is_break(first)) out += '2';
  out += chomping(text);
  out += '\n';
  append_lines(out, text, indent, true, [&](std::string_view character) { out += character; });
}

}  // namespace

TextForm form_of(std::string_view text, GoYaml version, bool simple_key) {
  if (text.empty()) return {TextStyle::double_quoted, false};
  const Traits traits = Analysis(text, version).traits();
  const bool unquotable = traits.space_break || traits.special;
  TextForm form{TextStyle::plain, traits.breaks};
  if (text.find('\n') != text.npos)
    form.style = TextStyle::literal;
  else if (!reads_as_text(text, version))
    form.style = TextStyle::double_quoted;
  if (simple_key && traits.breaks) form.style = TextStyle::double_quoted;
  if (form.style == TextStyle::plain && (traits.leading_blank || traits.trailing_space || traits.trailing_break ||
                                         traits.breaks || traits.indicators || traits.tabs || unquotable))
    form.style = TextStyle::single_quoted;
  if (form.style == TextStyle::single_quoted && (traits.break_space || traits.tabs || unquotable))
    form.style = TextStyle::double_quoted;
  if (form.style == TextStyle::literal && (traits.trailing_space || unquotable || simple_key))
    form.style = TextStyle::double_quoted;
  return form;
}

void append_text(std::string& out, std::string_view text, TextStyle style, int indent, std::size_t width) {
  switch (style) {
    case TextStyle::plain:
      return append_plain(out, text, indent, width);
    case TextStyle::single_quoted:
      return append_single_quoted(out, text, indent, width);
    case TextStyle::double_quoted:
      return append_double_quoted(out, text, indent, width);
    case TextStyle::literal:
      return append_literal(out, text, indent);
  }
}

}  // namespace gpuctl::chart
