#include "chart/toml_in.hpp"

#include "chart/go/quote.hpp"
#include "chart/go/unicode.hpp"
#include "chart/toml_scalar.hpp"
#include "chart/toml_source.hpp"
#include "chart/toml_tables.hpp"

namespace gpuctl::chart {

namespace {

constexpr int deepest_toml = 1000;

bool is_blank(char32_t code) {
  return code == ' ' || code == '\t';
}
bool is_bare(char32_t code) {
  return is_toml_digit(code) || ((code | 0x20) >= 'a' && (code | 0x20) <= 'z') || code == '_' || code == '-';
}

std::string shown_or_end(char32_t code) {
  if (code == TomlSource::end) return "end of file";
  std::string text;
  go::append_rune(text, code);
  return "'" + text + "'";
}

/// Reads as the library does that Helm uses: what it takes and what it refuses, in which words, is not always what the
/// specification says.
class Reader {
 public:
  explicit Reader(std::string_view text) : from_(text) {}

  Value document();
  std::string last_key() const { return tables_.last_key(); }

 private:
  void comment();
  void end_of_line();
  void header();
  TomlKey header_name();
  TomlKey key();
  void key_and_value(const TomlKey& key);
  std::string quoted_part();
  std::string bare_part();

  Value value(bool in_array);
  Value array();
  Value inline_table(bool in_array);
  void entry(Map& into);

  TomlSource from_;
  TomlScalars scalars_{from_};
  TomlTables tables_;
  int depth_ = 0;
};

Value Reader::document() {
  for (;;) {
    from_.begin();
    const char32_t code = from_.next();
    if (code == TomlSource::end) return tables_.whole();
    if (is_blank(code) || is_toml_break(code)) continue;
    if (code == '#') {
      comment();
      continue;
    }
    if (code == '[') {
      header();
    } else {
      from_.back();
      const TomlKey outer = tables_.context;
      key_and_value(key());
      tables_.context = outer;
      tables_.current.clear();
    }
    end_of_line();
  }
}

void Reader::comment() {
  for (char32_t code = from_.next(); !is_toml_break(code) && code != TomlSource::end;) code = from_.next();
  from_.back();
}

void Reader::end_of_line() {
  for (;;) {
    const char32_t code = from_.next();
    if (is_blank(code)) continue;
    if (code == '#') return comment();
    if (is_toml_break(code)) return;
    if (code == TomlSource::end) return from_.back();
    from_.refuse("expected a top-level item to end with a newline, comment, or EOF, but got " + go::quoted_rune(code) +
                 " instead");
  }
}

void Reader::header() {
  const bool of_array = from_.accept('[');
  const TomlKey name = header_name();
  if (of_array)
    if (const char32_t code = from_.next(); code != ']')
      from_.refuse("expected end of table array name delimiter ']', but got " + go::quoted_rune(code) + " instead");
  tables_.open(name, of_array);
  tables_.mark("", false);
}

TomlKey Reader::header_name() {
  TomlKey name;
  for (;;) {
    from_.skip_blanks();
    const char32_t first = from_.peek();
    if (first == ']' || first == TomlSource::end)
      from_.refuse("unexpected end of table name (table names cannot be empty)");
    if (first == '.') from_.refuse("unexpected table separator (table names cannot be empty)");
    name.push_back(first == '"' || first == '\'' ? quoted_part() : bare_part());
    if (name.size() == 1) tables_.line = from_.line();
    from_.skip_blanks();
    const char32_t code = from_.next();
    if (code == ']') return name;
    if (code != '.')
      from_.refuse("expected '.' or ']' to end table name, but got " + go::quoted_rune(code) + " instead");
  }
}

TomlKey Reader::key() {
  from_.skip_blanks();
  const char32_t first = from_.peek();
  if (first == '=' || first == TomlSource::end) from_.refuse("unexpected '=': key name appears blank");
  if (first == '.') from_.refuse("unexpected '.': keys cannot start with a '.'");
  TomlKey key;
  for (;;) {
    from_.skip_blanks();
    const char32_t start = from_.peek();
    if (start == '=' || start == TomlSource::end) from_.refuse("unexpected '='");
    if (start == '.') from_.refuse("unexpected '.'");
    key.push_back(start == '"' || start == '\'' ? quoted_part() : bare_part());
    if (key.size() == 1) tables_.line = from_.line();
    from_.skip_blanks();
    const char32_t code = from_.next();
    if (code == '=') return key;
    if (code == '.') continue;
    if (code == TomlSource::end) from_.refuse("unexpected EOF; expected key separator '='");
    const std::string why = "expected '.' or '=', but got " + go::quoted_rune(code) + " instead";
    if (code == '\n') from_.refuse_break(why);
    from_.refuse(why);
  }
}

/// The key's value, set where the key says; the context is then the one of the key's last part.
void Reader::key_and_value(const TomlKey& key) {
  tables_.current = key.back();
  for (std::size_t i = 0; i + 1 < key.size(); ++i) {
    TomlKey passed = tables_.context;
    passed.push_back(key[i]);
    tables_.open_implicit(passed);
  }
  Value held = value(false);
  const bool is_array = held.kind() == Kind::list;
  const std::string name = tables_.current;
  tables_.set(name, std::move(held));
  tables_.mark(name, is_array);
}

std::string Reader::quoted_part() {
  const char32_t quote = from_.next();
  from_.begin();
  return quote == '"' ? scalars_.line() : scalars_.raw_line();
}

std::string Reader::bare_part() {
  from_.begin();
  while (is_bare(from_.next())) continue;
  from_.back();
  return std::string(from_.part());
}

Value Reader::value(bool in_array) {
  from_.skip_blanks();
  const char32_t code = from_.peek();
  if (code != '[' && code != '{') return scalars_.value();
  from_.next();
  return code == '[' ? array() : inline_table(in_array);
}

Value Reader::array() {
  if (++depth_ > deepest_toml) from_.refuse("the value is nested too deep");
  tables_.mark(tables_.current, true);
  List list;
  for (bool wanted = true;;) {  // a value, or what follows one
    const char32_t code = from_.next();
    if (is_blank(code) || is_toml_break(code)) continue;
    if (code == '#') {
      comment();
    } else if (code == ']') {
      break;
    } else if (!wanted) {
      if (code != ',') from_.refuse("expected a comma (',') or array terminator (']'), but got " + shown_or_end(code));
      wanted = true;
    } else {
      if (code == ',') from_.refuse("unexpected comma");
      from_.back();
      list.items.push_back(value(true));
      wanted = false;
    }
  }
  --depth_;
  return Value(std::move(list));
}

Value Reader::inline_table(bool in_array) {
  if (++depth_ > deepest_toml) from_.refuse("the value is nested too deep");
  const TomlKey outer = tables_.context;
  const std::string outer_key = tables_.current;
  TomlKey own = outer;
  own.push_back(outer_key);
  tables_.context = own;
  tables_.current.clear();
  tables_.set_implicit(own);
  tables_.open(own, in_array);
  const TomlKey here = tables_.context;
  Map map;
  for (bool wanted = true;;) {
    const char32_t code = from_.next();
    if (is_blank(code) || is_toml_break(code)) continue;
    if (code == '#') {
      comment();
    } else if (code == '}') {
      break;
    } else if (!wanted) {
      if (code != ',')
        from_.refuse("expected a comma or an inline table terminator '}', but got " + shown_or_end(code) + " instead");
      from_.skip_blanks();
      wanted = from_.peek() != '}';
    } else {
      if (code == ',') from_.refuse("unexpected comma");
      from_.back();
      entry(map);
      tables_.context = here;
      wanted = false;
    }
  }
  tables_.context = outer;
  tables_.current = outer_key;
  --depth_;
  return Value(std::move(map));
}

void Reader::entry(Map& into) {
  const TomlKey name = key();
  tables_.current = name.back();
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    TomlKey passed = tables_.context;
    passed.push_back(name[i]);
    tables_.open_implicit(passed);
  }
  Value held = value(false);
  tables_.set(tables_.current, held);
  tables_.mark(tables_.current, held.kind() == Kind::list);
  Map* map = &into;
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    const auto found = map->entries.emplace(name[i], Value(Map{})).first;
    if (found->second.kind() != Kind::map)
      tables_.refuse(go::quoted(TomlTables::text_of(tables_.context)) + " is not a table");
    map = found->second.map().get();
  }
  map->entries.insert_or_assign(tables_.current, std::move(held));
}

/// Marks of other encodings, which the library passes over.
std::string_view without_mark(std::string_view text) {
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) return text.substr(2);
  return text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
}

}  // namespace

Value from_toml(std::string_view text) {
  const auto marked = without_mark(text);
  if (marked.substr(0, 6).find('\0') != marked.npos)
    throw TomlError("toml: line 1: files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8");
  Reader reader(marked);
  try {
    return reader.document();
  } catch (const TomlRefusal& refusal) {
    const std::string key = reader.last_key();
    throw TomlError("toml: line " + std::to_string(refusal.line) +
                    (key.empty() ? "" : " (last key " + go::quoted(key) + ")") + ": " + refusal.why);
  }
}

}  // namespace gpuctl::chart
