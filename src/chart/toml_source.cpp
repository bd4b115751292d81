#include "chart/toml_source.hpp"

#include <fmt/core.h>

#include "util/utf8.hpp"

namespace gpuctl::chart {

char32_t TomlSource::next() {
  if (at_ >= text_.size()) {
    at_end_ = true;
    return end;
  }
  const auto symbol = util::first_symbol(text_.substr(at_));
  if (text_[at_] == '\n') ++line_;
  if (!symbol.valid) refuse(fmt::format("invalid UTF-8 byte: 0x{:02x}", static_cast<unsigned char>(text_[at_])));
  const char32_t code = symbol.code;
  const bool blank = code == '\t' || code == '\n' || code == '\r';
  const bool lone = code == '\r' && text_.substr(at_ + 1, 1) != "\n";
  if ((code < 0x20 && !blank) || code == 0x7f || lone)
    refuse(fmt::format("TOML files cannot contain control characters: '0x{:02x}'", static_cast<unsigned>(code)));
  at_ += symbol.length;
  return code;
}

void TomlSource::back() {
  if (at_end_) {
    at_end_ = false;
    return;
  }
  do --at_;
  while (at_ > 0 && (static_cast<unsigned char>(text_[at_]) & 0xc0) == 0x80);
  if (text_[at_] == '\n') --line_;
}

char32_t TomlSource::peek() {
  const char32_t code = next();
  back();
  return code;
}

bool TomlSource::accept(char32_t wanted) {
  if (next() == wanted) return true;
  back();
  return false;
}

void TomlSource::skip_blanks() {
  for (char32_t code = next(); code == ' ' || code == '\t'; code = next()) continue;
  back();
}

void TomlSource::refuse(const std::string& why) const {
  const bool behind_break = at_end_ && at_ > 0 && text_[at_ - 1] == '\n';
  throw TomlRefusal{line_ - (behind_break ? 1 : 0), why};
}

void TomlSource::refuse_break(const std::string& why) const {
  throw TomlRefusal{line_ - 1, why};
}

void TomlSource::refuse_character(const std::string& why) const {
  throw TomlRefusal{line_ - (at_end_ ? 1 : 0), why};
}

}  // namespace gpuctl::chart
