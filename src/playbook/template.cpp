#include "playbook/template.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "util/strings.hpp"

namespace gpuctl::playbook {

namespace {

using core::Error;
using core::ErrorKind;

bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_dotted_name(std::string_view text) {
  // Keys below a variable are any words: ${labels.nvidia} but not ${a..b}.
  const auto parts = util::split(text, '.');
  if (parts.empty() || !is_name(parts[0])) return false;
  return std::all_of(parts.begin() + 1, parts.end(), [](const std::string& part) {
    return !part.empty() && std::all_of(part.begin(), part.end(),
                                        [](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; });
  });
}

void literal(std::vector<Part>& parts, std::string_view text) {
  if (text.empty()) return;
  if (parts.empty() || parts.back().variable) parts.push_back({});
  parts.back().text += text;
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && letter(text[0]) &&
         std::all_of(text.begin(), text.end(), [](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

std::vector<Part> split_template(const std::string& text, const core::Where& where) {
  std::vector<Part> parts;
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto dollar = rest.find('$');
    literal(parts, rest.substr(0, dollar));
    if (dollar == std::string_view::npos) break;
    rest.remove_prefix(dollar + 1);
    const char next = rest.empty() ? '\0' : rest[0];
    if (next == '{') {
      const auto end = rest.find('}');
      if (end == std::string_view::npos)
        throw Error(ErrorKind::invalid, "${ without its }", where, "write $$ for a literal $");
      const auto name = rest.substr(1, end - 1);
      if (!is_dotted_name(name))
        throw Error(ErrorKind::invalid, fmt::format("${{{}}} is not a variable's name", name), where,
                    "write $$ for a literal $");
      parts.push_back({true, std::string(name)});
      rest.remove_prefix(end + 1);
    } else if (letter(next)) {
      const auto name = rest.substr(0, std::min(rest.size(), rest.find_first_of(" \t\n\"'/:.,;$")));
      throw Error(ErrorKind::invalid, fmt::format("${} is not a variable", name), where,
                  fmt::format("write ${{{0}}} for the variable, or $${0} for a literal $", name));
    } else {
      literal(parts, "$");
      if (next == '$') rest.remove_prefix(1);
    }
  }
  return parts;
}

}  // namespace gpuctl::playbook
