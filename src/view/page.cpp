#include "view/page.hpp"

#include "util/strings.hpp"
#include "view/clean.hpp"

namespace gpuctl::view {

namespace {

std::string spaces(std::size_t count) {
  return std::string(count, ' ');
}

std::string trimmed(const std::string& text) {
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

}  // namespace

void Page::blank() {
  out_ += '\n';
}

void Page::line(std::size_t indent, std::string_view text, Tone tone) {
  pair(indent, "", 0, text, tone);
}

void Page::pair(std::size_t indent, std::string_view label, std::size_t width, std::string_view text, Tone tone,
                Tone label_tone) {
  const auto head = clean(label, style_.utf8);
  const auto taken = columns(head);
  const auto hang = indent + width;
  std::string prefix = spaces(indent) + paint(style_, label_tone, head);
  if (taken < width) prefix += spaces(width - taken);
  if (taken >= width && taken > 0) prefix += "  ";
  if (text.empty()) {
    out_ += spaces(indent) + paint(style_, label_tone, head) + '\n';
    return;
  }
  for (const auto& paragraph : util::lines(text)) {
    for (const auto& piece : wrapped(clean(paragraph, style_.utf8), hang)) {
      out_ += prefix + paint(style_, tone, trimmed(piece)) + '\n';
      prefix = spaces(hang);
    }
  }
}

void Page::verbatim(std::size_t indent, std::string_view text, Tone tone) {
  // Tabs are what files are indented with; they harm nobody.
  const auto shown = clean(util::replace_all(std::string(text), "\t", "    "), style_.utf8);
  out_ += spaces(indent) + paint(style_, tone, shown) + '\n';
}

std::vector<std::string> Page::wrapped(const std::string& cleaned, std::size_t indent) const {
  constexpr std::size_t narrowest = 24;
  if (style_.width == 0 || indent + columns(cleaned) <= style_.width) return {cleaned};
  const auto room = style_.width > indent + narrowest ? style_.width - indent : narrowest;
  std::vector<std::string> out;
  std::string current;
  for (const auto& word : util::split(cleaned, ' ')) {
    if (!current.empty() && columns(current) + 1 + columns(word) > room) {
      out.push_back(current);
      current = word;
      continue;
    }
    current += current.empty() ? word : " " + word;
  }
  out.push_back(current);
  return out;
}

}  // namespace gpuctl::view
