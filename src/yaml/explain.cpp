#include "yaml/explain.hpp"

#include <fmt/core.h>
#include <yaml-cpp/exceptions.h>

#include <algorithm>

namespace gpuctl::yaml {

namespace {

using core::Error;
using core::ErrorKind;
namespace msg = YAML::ErrorMsg;

struct Meaning {
  std::string message;
  std::string hint = {};
};

std::string_view before(const SourceText& text, int line, int column) {
  const auto whole = text.line(line);
  return whole.substr(0, std::min(whole.size(), static_cast<std::size_t>(std::max(column, 0))));
}

std::string_view after(const SourceText& text, int line, int column) {
  return text.line(line).substr(before(text, line, column).size());
}

Meaning unexpected_colon(std::string_view before) {
  if (before.find(": ") != std::string_view::npos)
    return {"a second \":\" in one line", "quote a text that holds \": \""};
  return {"unexpected \":\"", "indent the line as the other keys of its mapping"};
}

std::string opened_at(const std::optional<core::Where>& opened) {
  return opened ? fmt::format(", opened at line {}", opened->line) : "";
}

Meaning meaning(const std::string& message, std::string_view before, std::string_view after,
                const std::optional<core::Where>& opened) {
  const std::string here(after.substr(0, 1));
  if (message == msg::TAB_IN_INDENTATION) return {"a tab in the indentation", "indent with spaces"};
  if (message == msg::MAP_VALUE) return unexpected_colon(before);
  if (message == msg::END_OF_MAP) return {"wrong indentation: the line fits no mapping above it"};
  if (message == msg::END_OF_SEQ) return {"wrong indentation: the line fits no list above it"};
  if (message == msg::END_OF_MAP_FLOW)
    return {fmt::format("expected \",\" or \"}}\" of the mapping{}", opened_at(opened))};
  if (message == msg::END_OF_SEQ_FLOW) return {fmt::format("expected \",\" or \"]\" of the list{}", opened_at(opened))};
  if (message == msg::FLOW_END) return {fmt::format("unexpected \"{}\"", here)};
  if (message == msg::BLOCK_ENTRY) return {"unexpected \"-\"", "begin the list on a line of its own"};
  if (message == msg::UNKNOWN_TOKEN) return {fmt::format("a text cannot begin with \"{}\"", here), "quote it"};
  // From 0.8 on, its name follows.
  if (message.starts_with(msg::UNKNOWN_ANCHOR))
    return {"this alias names nothing that stands before it", "quote a text that begins with \"*\""};
  if (message.starts_with(msg::INVALID_ESCAPE))
    return {fmt::format("unknown escape \"\\{}\"", message.substr(std::string_view(msg::INVALID_ESCAPE).size())),
            "write a backslash as \\\\, or use single quotes"};
  return {message};
}

}  // namespace

std::optional<core::Where> tab_before(const SourceText& text, int line, int column) {
  const auto blanks = before(text, line, column);
  if (blanks.find_first_not_of(" \t") != std::string_view::npos) return std::nullopt;
  const auto tab = blanks.find('\t');
  if (tab == std::string_view::npos) return std::nullopt;
  return text.where(line, static_cast<int>(tab));
}

core::Error explain(const SourceText& text, const std::string& message, int line, int column,
                    const std::optional<core::Where>& opened) {
  const auto whole = text.line(line);
  const auto first = whole.find_first_not_of(" \t");
  const int indent = static_cast<int>(first == std::string_view::npos ? whole.size() : first);
  if (!opened)
    if (const auto tab = tab_before(text, line, indent))
      return Error(ErrorKind::invalid, "a tab in the indentation", *tab, "indent with spaces");
  Meaning found = meaning(message, before(text, line, column), after(text, line, column), opened);
  return Error(ErrorKind::invalid, std::move(found.message), text.where(line, column), std::move(found.hint));
}

void require_closed_quote(const SourceText& text, int line, int column) {
  std::string_view rest = text.from(line, column);
  while (rest.starts_with('&') || rest.starts_with('!')) {  // an anchor or a tag before it
    rest.remove_prefix(std::min(rest.size(), rest.find_first_of(" \t\r\n")));
    rest.remove_prefix(std::min(rest.size(), rest.find_first_not_of(" \t\r\n")));
  }
  if (!rest.starts_with('"') && !rest.starts_with('\'')) return;
  const char quote = rest.front();
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (quote == '"' && rest[i] == '\\')
      ++i;
    else if (quote == '\'' && rest[i] == quote && rest.substr(i + 1).starts_with(quote))
      ++i;  // '' inside of '…' stands for one quote
    else if (rest[i] == quote)
      return;
  }
  throw Error(ErrorKind::invalid, fmt::format("the quote {} is never closed", quote), text.where(line, column));
}

}  // namespace gpuctl::yaml
