#include "chart/functions/case_words.hpp"

#include <cstdint>

#include "chart/go/letters.hpp"
#include "chart/go/space.hpp"
#include "chart/go/unicode.hpp"

// What the library that Sprig uses takes for a word, to the oddity.

namespace gpuctl::chart {

namespace {

enum class Word : std::uint8_t { none, number, capitals, letters, connector, punctuation, other };

bool is_connector(char32_t code) {
  return code == '-' || code == '_' || go::is_space(code);
}

/// A letter of a script that has words: Chinese characters are none.
bool is_alphabet(char32_t code) {
  if (!go::is_letter(code)) return false;
  return !(code >= 0x4e00 && code <= 0x9fcc) && !(code >= 0x3400 && code <= 0x4d85) &&
         !(code >= 0x20000 && code <= 0x2b81d);
}

/// Skips what is no UTF-8; at the end it is `before` again, over all that was skipped.
go::Rune next_valid(std::string_view text, char32_t before) {
  go::Rune result{before, 0};
  while (!text.empty()) {
    const go::Rune rune = go::first_rune(text);
    result.length += rune.length;
    if (rune.code != 0xfffd) return {rune.code, result.length};
    text.remove_prefix(rune.length);
  }
  return result;
}

/// Reads words one after the other.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  Word kind = Word::none;
  std::string_view word;

  bool at_end() const { return rest_.empty(); }

  void next() {
    kind = Word::none;
    word = {};
    if (rest_.empty()) return;
    const std::string_view whole = rest_;
    go::Rune rune = next_valid(whole, 0xfffd);
    std::size_t size = rune.length;
    if (rune.code != 0xfffd) size = rest_of_word(whole, rune);
    word = whole.substr(0, size);
    rest_ = whole.substr(size);
  }

 private:
  /// How far the characters go on for which `in` holds.
  template <class In>
  static std::size_t run(std::string_view text, std::size_t from, char32_t before, In in) {
    while (from < text.size()) {
      const go::Rune rune = next_valid(text.substr(from), before);
      if (rune.length == 0 || !in(rune.code)) break;
      before = rune.code;
      from += rune.length;
    }
    return from;
  }

  std::size_t rest_of_word(std::string_view text, go::Rune first) {
    const auto lower = [](char32_t c) { return is_alphabet(c) && !go::is_upper(c); };
    const auto from = first.length;
    if (is_connector(first.code)) return kind = Word::connector, run(text, from, first.code, is_connector);
    if (go::is_punctuation(first.code))
      return kind = Word::punctuation, run(text, from, first.code, go::is_punctuation);
    if (go::is_upper(first.code)) return kind = Word::capitals, capitals(text, first);
    if (is_alphabet(first.code)) return kind = Word::letters, run(text, from, first.code, lower);
    if (go::is_number(first.code)) return kind = Word::number, run(text, from, first.code, go::is_number);
    kind = Word::other;
    return run(text, from, first.code, [](char32_t c) {
      return !is_connector(c) && !is_alphabet(c) && !go::is_number(c) && !go::is_punctuation(c);
    });
  }

  /// Capitals, of which the last belongs to the next word where small letters follow; or one and small letters.
  static std::size_t capitals(std::string_view text, go::Rune first) {
    if (first.length >= text.size()) return first.length;
    const go::Rune second = next_valid(text.substr(first.length), first.code);
    const auto lower = [](char32_t c) { return is_alphabet(c) && !go::is_upper(c); };
    const auto from = first.length + second.length;
    if (!go::is_upper(second.code))
      return is_alphabet(second.code) ? run(text, from, second.code, lower) : first.length;
    std::size_t at = from, last = second.length;
    char32_t code = second.code;
    while (at < text.size()) {
      const go::Rune rune = next_valid(text.substr(at), code);
      code = rune.code;
      if (!go::is_upper(code)) break;
      last = rune.length;
      at += rune.length;
    }
    return at < text.size() && is_alphabet(code) ? at - last : at;
  }

  std::string_view rest_;
};

class Joiner {
 public:
  Joiner(std::string_view text, char connector) : reader_(text), connector_(connector) {}

  std::string joined() {
    reader_.next();
    while (!reader_.at_end()) {
      if (reader_.kind != Word::connector) add(reader_.kind, reader_.word);
      const Word before = reader_.kind;
      const std::string_view word = reader_.word;
      reader_.next();
      follow(before, word);
    }
    add(reader_.kind, reader_.word);
    return out_;
  }

 private:
  bool letters_or_number() const { return reader_.kind == Word::letters || reader_.kind == Word::number; }
  bool apart() const { return reader_.kind != Word::connector && reader_.kind != Word::punctuation; }

  void take_run() {
    for (; letters_or_number(); reader_.next()) add(reader_.kind, reader_.word);
    if (reader_.kind != Word::none && apart()) out_ += connector_;
  }

  void follow(Word before, std::string_view word) {
    if (before == Word::number) return take_run();
    if (before == Word::connector) return add(before, word);
    if (before == Word::punctuation) return;
    if (reader_.kind != Word::number) {
      if (apart()) out_ += connector_;
      return;
    }
    if (!reader_.at_end()) number_after_word();
  }

  /// A number is part of the word before it, unless small letters follow.
  void number_after_word() {
    const std::string_view number = reader_.word;
    reader_.next();
    if (reader_.kind != Word::letters) {
      add(Word::number, number);
      if (apart()) out_ += connector_;
      return;
    }
    out_ += connector_;
    add(Word::number, number);
    take_run();
  }

  void add(Word kind, std::string_view word) {
    if (kind != Word::capitals && kind != Word::connector) {
      out_ += word;
      return;
    }
    while (!word.empty()) {
      const go::Rune rune = go::first_rune(word);
      if (is_connector(rune.code))
        out_ += connector_;
      else
        go::append_rune(out_, go::is_upper(rune.code) ? go::to_lower(rune.code) : rune.code);
      word.remove_prefix(rune.length);
    }
  }

  Reader reader_;
  char connector_;
  std::string out_;
};

}  // namespace

std::string lower_words(std::string_view text, char connector) {
  return Joiner(text, connector).joined();
}

std::string pascal_case(std::string_view text) {
  std::string out;
  char32_t code = 0;
  bool first_upper = false;
  bool found = false;
  while (!text.empty() && !found) {  // connectors at the beginning stay
    const go::Rune rune = go::first_rune(text);
    text.remove_prefix(rune.length);
    code = rune.code;
    found = !is_connector(code);
    if (!found) go::append_rune(out, code);
  }
  if (!found) {
    // The library writes the last connector of a text that has nothing else twice.
    if (!out.empty()) go::append_rune(out, code);
    return out;
  }
  first_upper = go::is_upper(code);
  code = go::to_upper(code);
  while (!text.empty()) {
    const char32_t before = code;
    const go::Rune rune = go::first_rune(text);
    text.remove_prefix(rune.length);
    code = rune.code;
    if (is_connector(before) && is_connector(code)) {
      go::append_rune(out, before);
      continue;
    }
    if (is_connector(before)) {
      first_upper = go::is_upper(code);
      code = go::to_upper(code);
      continue;
    }
    if (first_upper) {
      if (go::is_upper(code))
        code = go::to_lower(code);
      else
        first_upper = false;
    }
    go::append_rune(out, before);
  }
  go::append_rune(out, code);
  return out;
}

}  // namespace gpuctl::chart
