#include "ssh/config_read.hpp"

#include <fmt/core.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <memory>
#include <sstream>

#include "ssh/pattern.hpp"
#include "ssh/tokens.hpp"
#include "util/strings.hpp"

namespace gpuctl::ssh {

namespace {

using core::Error;
using core::ErrorKind;
using core::Where;

constexpr int deepest_include = 16;  // readconf.c has the same limit
constexpr std::string_view blanks = " \t\r\f";

std::vector<std::string> paths_of(const std::string& pattern) {
  glob_t found{};
  const std::unique_ptr<glob_t, void (*)(glob_t*)> freed(&found, globfree);
  if (glob(pattern.c_str(), 0, nullptr, &found) != 0) return {};
  return {found.gl_pathv, found.gl_pathv + found.gl_pathc};
}

std::string anchored(const std::string& word, const ConfigFolder& folder, const Environment& environment,
                     const Where& where) {
  if (word.starts_with('/')) return word;
  if (!word.starts_with('~')) return folder.folder + "/" + word;
  if (!folder.of_user)
    throw Error(ErrorKind::invalid, fmt::format("the system's ssh_config includes '{}'", word), where,
                "a path there begins with /");
  return expand_home(word, environment);
}

std::vector<Directive> included(const Directive& include, const ConfigFolder& folder, const Environment& environment,
                                int depth) {
  if (depth >= deepest_include)
    throw Error(ErrorKind::invalid, "Include is nested more than 16 deep", include.where,
                "does a file include itself?");
  std::vector<Directive> all;
  for (const auto& word : include.words)
    for (const auto& path : paths_of(anchored(word, folder, environment, include.where))) {
      auto some = read_config_file(path, folder, environment, depth + 1);
      // What a file selects ends with it.
      all.push_back({"include", {}, include.where, std::move(some)});
    }
  return all;
}

/// Keyword and the rest; between them blanks, or one `=` with blanks around it.
std::pair<std::string, std::string> keyword_and_rest(const std::string& line) {
  const auto end = line.find_first_of(" \t\r\f=\"");
  if (end == std::string::npos) return {line, ""};
  auto rest = line.find_first_not_of(blanks, end);
  if (rest != std::string::npos && line[rest] == '=') rest = line.find_first_not_of(blanks, rest + 1);
  return {line.substr(0, end), rest == std::string::npos ? "" : line.substr(rest)};
}

}  // namespace

std::vector<std::string> config_words(const std::string& text, const Where& where) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (at < text.size()) {
    at = text.find_first_not_of(blanks, at);
    if (at == std::string::npos || text[at] == '#') break;
    std::string word;
    char quote = 0;
    for (; at < text.size(); ++at) {
      const char c = text[at];
      const char next = at + 1 < text.size() ? text[at + 1] : '\0';
      if (c == '\\' && (next == '\'' || next == '"' || next == '\\' || (quote == 0 && next == ' '))) {
        word += next;
        ++at;
      } else if (quote == 0 && blanks.find(c) != std::string_view::npos) {
        break;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else {
        word += c;
      }
    }
    if (quote != 0) throw Error(ErrorKind::invalid, "a quote without its end", where);
    words.push_back(std::move(word));
  }
  return words;
}

std::vector<Directive> read_directives(const std::string& text, const std::string& name, const ConfigFolder& folder,
                                       const Environment& environment, int depth) {
  std::vector<Directive> all;
  int number = 0;
  for (const auto& line : util::lines(text)) {
    ++number;
    const auto begin = line.find_first_not_of(blanks);
    if (begin == std::string::npos || line[begin] == '#') continue;
    const Where where{name, number, static_cast<int>(begin) + 1};
    const auto [keyword, rest] = keyword_and_rest(line.substr(begin));
    Directive directive{lower_case(keyword), config_words(rest, where), where, {}};
    if (directive.words.empty())
      throw Error(ErrorKind::invalid, fmt::format("{} has no value", keyword), where, "see ssh_config(5)");
    if (directive.keyword == "include") directive.included = included(directive, folder, environment, depth);
    all.push_back(std::move(directive));
  }
  return all;
}

std::vector<Directive> read_config_file(const std::string& path, const ConfigFolder& folder,
                                        const Environment& environment, int depth) {
  struct stat status{};
  if (stat(path.c_str(), &status) != 0) return {};
  const bool foreign = status.st_uid != 0 && status.st_uid != environment.uid;
  if (folder.of_user && (foreign || (status.st_mode & 022) != 0))
    throw Error(ErrorKind::invalid, fmt::format("{} can be written by others", path), Where{path},
                fmt::format("chmod 600 {}, and own it", path));
  std::ifstream in(path, std::ios::binary);
  if (!in)
    throw Error(ErrorKind::invalid, fmt::format("{} cannot be read", path), Where{path}, "look at its permissions");
  std::ostringstream text;
  text << in.rdbuf();
  return read_directives(text.str(), path, folder, environment, depth);
}

}  // namespace gpuctl::ssh
