#include "chart/package/ignore.hpp"

#include "chart/go/path.hpp"
#include "chart/package/file.hpp"
#include "core/error.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::size_t longest_line = 64UL << 10U;
constexpr std::string_view own_rule = "templates/.?*";

[[noreturn]] void refuse(const char* why) {
  throw core::Error(core::ErrorKind::invalid, why);
}

}  // namespace

IgnoreRules::IgnoreRules() {
  add(own_rule);
}

IgnoreRules::IgnoreRules(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (end >= longest_line) refuse("bufio.Scanner: token too long");
    add(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  add(own_rule);
}

void IgnoreRules::add(std::string_view line) {
  line = util::trim(line);
  if (line.empty() || line.starts_with('#')) return;
  if (line.find("**") != std::string_view::npos) refuse("double-star (**) syntax is not supported");
  if (!path_match(line, "abc")) refuse("syntax error in pattern");
  Rule rule;
  if (line.starts_with('!')) {
    rule.negated = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    rule.folders = true;
    line.remove_suffix(1);
  }
  rule.base_only = line.find('/') == std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  rule.pattern = line;
  rules_.push_back(std::move(rule));
}

bool IgnoreRules::Rule::matches(const std::string& path) const {
  return path_match(pattern, base_only ? path_base(path) : path).value_or(false);
}

bool IgnoreRules::ignores(const std::string& path, bool folder) const {
  if (path.empty() || path == "." || path == "./") return false;
  for (const auto& rule : rules_) {
    if (rule.negated) {
      if ((rule.folders && !folder) || !rule.matches(path)) return true;
      continue;
    }
    if (rule.folders && !folder) continue;
    if (rule.matches(path)) return true;
  }
  return false;
}

}  // namespace gpuctl::chart
