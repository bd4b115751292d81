#include "chart/functions/split.hpp"

#include "chart/functions/go_panic.hpp"
#include "chart/go/unicode.hpp"

namespace gpuctl::chart {

namespace {

std::vector<std::string> characters(std::string_view text, std::int64_t most) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    if (static_cast<std::int64_t>(parts.size()) + 1 == most) {
      parts.emplace_back(text);
      break;
    }
    const auto length = go::first_rune(text).length;
    parts.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return parts;
}

void append_bounded(std::string& out, std::string_view more) {
  if (out.size() + more.size() > longest_text) throw CallError("strings: the text would be longer than 256 MiB");
  out += more;
}

}  // namespace

std::vector<std::string> split_n(std::string_view text, std::string_view separator, std::int64_t most) {
  if (most == 0) return {};
  if (separator.empty()) return characters(text, most);
  std::vector<std::string> parts;
  while (static_cast<std::int64_t>(parts.size()) + 1 != most) {
    const auto at = text.find(separator);
    if (at == text.npos) break;
    parts.emplace_back(text.substr(0, at));
    text.remove_prefix(at + separator.size());
  }
  parts.emplace_back(text);
  return parts;
}

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
  std::string out;
  if (what == with) return std::string(text);
  while (!what.empty()) {
    const auto at = text.find(what);
    append_bounded(out, text.substr(0, at));
    if (at == text.npos) return out;
    append_bounded(out, with);
    text.remove_prefix(at + what.size());
  }
  append_bounded(out, with);  // nothing is found before each character and at the end
  while (!text.empty()) {
    const auto length = go::first_rune(text).length;
    append_bounded(out, text.substr(0, length));
    append_bounded(out, with);
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace gpuctl::chart
