#include "steps/apt_sources.hpp"

#include <algorithm>
#include <map>

#include "util/strings.hpp"

namespace gpuctl::steps {

namespace {

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

void take_option(AptSource& source, const std::string& option) {
  const auto at = option.find('=');
  if (at == std::string::npos) return;
  const auto key = lower(option.substr(0, at));
  const auto value = option.substr(at + 1);
  if (key == "signed-by") source.signed_by = value;
  if (key == "arch") source.architectures = util::split(value, ',');
}

/// One line of a list; no types when it is none that apt would use.
AptSource parse_line(std::string_view line) {
  AptSource source;
  std::string text(line.substr(0, line.find('#')));
  if (const auto open = text.find('['); open != std::string::npos) {
    const auto close = text.find(']', open);
    if (close == std::string::npos) return source;
    for (const auto& option : util::words(std::string_view(text).substr(open + 1, close - open - 1)))
      take_option(source, option);
    text.replace(open, close - open + 1, " ");
  }
  const auto words = util::words(text);
  if (words.size() < 3 || (words[0] != "deb" && words[0] != "deb-src")) return source;
  source.types = {words[0]};
  source.uri = words[1];
  source.suite = words[2];
  source.components.assign(words.begin() + 3, words.end());
  return source;
}

using Fields = std::map<std::string, std::string>;

bool is_blank(const std::string& line) {
  return util::trim(line).empty();
}

/// The stanzas of a deb822 file as they lie in it: lines, blank ones and comments in between by themselves.
std::vector<std::vector<std::string>> stanzas(std::string_view text) {
  std::vector<std::vector<std::string>> out(1);
  for (auto& line : util::lines(text)) {
    const bool blank = is_blank(line);
    if (blank != (!out.back().empty() && is_blank(out.back().front())) && !out.back().empty()) out.emplace_back();
    out.back().push_back(std::move(line));
  }
  return out;
}

Fields fields_of(const std::vector<std::string>& stanza) {
  Fields out;
  std::string key;
  for (const auto& line : stanza) {
    if (line.starts_with("#")) continue;
    if (line.starts_with(" ") || line.starts_with("\t")) {
      if (!key.empty()) out[key] += "\n" + std::string(util::trim(line));
      continue;
    }
    const auto at = line.find(':');
    if (at == std::string::npos) continue;
    key = lower(line.substr(0, at));
    out[key] = std::string(util::trim(std::string_view(line).substr(at + 1)));
  }
  return out;
}

std::vector<AptSource> sources_of(const std::vector<std::string>& stanza) {
  auto fields = fields_of(stanza);
  const auto enabled = lower(fields["enabled"]);
  if (enabled == "no" || enabled == "false" || enabled == "0") return {};
  AptSource source;
  source.types = util::words(fields["types"]);
  source.components = util::words(fields["components"]);
  source.architectures = util::words(fields["architectures"]);
  source.signed_by = fields["signed-by"];
  if (source.signed_by.find("BEGIN PGP") != std::string::npos) source.signed_by = "(embedded)";
  std::vector<AptSource> out;
  for (const auto& uri : util::words(fields["uris"]))
    for (const auto& suite : util::words(fields["suites"])) {
      source.uri = uri;
      source.suite = suite;
      out.push_back(source);
    }
  return out;
}

/// The stanza with only those URIs of which not every suite is meant; empty when none is left.
std::vector<std::string> reduced(const std::vector<std::string>& stanza,
                                 const std::function<bool(const AptSource&)>& is_meant) {
  std::vector<std::string> gone;
  std::vector<std::string> kept;
  for (const auto& source : sources_of(stanza)) {
    auto& list = is_meant(source) ? gone : kept;
    if (std::ranges::find(list, source.uri) == list.end()) list.push_back(source.uri);
  }
  if (gone.empty()) return stanza;
  if (kept.empty()) return {};
  std::vector<std::string> out;
  bool in_uris = false;
  for (const auto& line : stanza) {
    const bool continued = line.starts_with(" ") || line.starts_with("\t");
    if (in_uris && continued) continue;
    in_uris = lower(line).starts_with("uris:");
    out.push_back(in_uris ? "URIs: " + util::join(kept, " ") : line);
  }
  return out;
}

bool says_something(const std::string& line) {
  const auto text = util::trim(line);
  return !text.empty() && !text.starts_with("#");
}

std::string lines_text(const std::vector<std::string>& lines) {
  if (std::ranges::none_of(lines, says_something)) return {};
  return util::join(lines, "\n") + "\n";
}

bool is_deb822(const std::string& path) {
  return path.ends_with(".sources");
}

}  // namespace

std::vector<AptSource> parse_list(std::string_view text) {
  std::vector<AptSource> out;
  for (const auto& line : util::lines(text))
    if (auto source = parse_line(line); !source.types.empty()) out.push_back(std::move(source));
  return out;
}

std::vector<AptSource> parse_deb822(std::string_view text) {
  std::vector<AptSource> out;
  for (const auto& stanza : stanzas(text))
    for (auto& source : sources_of(stanza)) out.push_back(std::move(source));
  return out;
}

std::vector<AptSource> parse_sources(const std::string& path, std::string_view text) {
  return is_deb822(path) ? parse_deb822(text) : parse_list(text);
}

std::string without_sources(const std::string& path, std::string_view text,
                            const std::function<bool(const AptSource&)>& is_meant) {
  std::vector<std::string> kept;
  if (is_deb822(path)) {
    for (const auto& stanza : stanzas(text))
      for (auto& line : reduced(stanza, is_meant)) kept.push_back(std::move(line));
    return lines_text(kept);
  }
  for (auto& line : util::lines(text)) {
    const auto source = parse_line(line);
    if (source.types.empty() || !is_meant(source)) kept.push_back(std::move(line));
  }
  return lines_text(kept);
}

std::string same_uri(std::string_view uri, const std::string& arch) {
  auto out = util::replace_all(std::string(uri), "$(ARCH)", arch);
  while (out.ends_with("/")) out.pop_back();
  if (out.starts_with("https://")) out.erase(4, 1);
  return out;
}

std::string same_suite(std::string_view suite) {
  while (suite.starts_with("./")) suite.remove_prefix(2);
  return suite.empty() ? "/" : std::string(suite);
}

}  // namespace gpuctl::steps
