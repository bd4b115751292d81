#include "chart/values/json_end.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view of_numbers = "+-.0123456789eE";

std::size_t string_end(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      return at + 1;
  }
  return text.size();
}

/// Behind the bracket that closes the one at `at`.
std::size_t closed(std::string_view text, std::size_t at) {
  int open = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at = string_end(text, at);
      continue;
    }
    ++at;
    if (c == '[' || c == '{') ++open;
    if ((c == ']' || c == '}') && --open == 0) return at;
  }
  return text.size();
}

}  // namespace

std::size_t json_end(std::string_view text) {
  const auto at = text.find_first_not_of(blanks);
  if (at == std::string_view::npos) return text.size();
  const auto rest = text.substr(at);
  if (rest[0] == '"') return string_end(text, at);
  if (rest[0] == '[' || rest[0] == '{') return closed(text, at);
  for (const std::string_view word : {"true", "false", "null"})
    if (rest.starts_with(word)) return at + word.size();
  const auto end = text.find_first_not_of(of_numbers, at);
  return end == std::string_view::npos || end == at ? text.size() : end;
}

}  // namespace gpuctl::chart
