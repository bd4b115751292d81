#include "chart/render/lint_addresses.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "chart/go/unicode.hpp"
#include "chart/go/url.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::size_t shortest_address = 4, longest_address = 2082;  // in bytes, in characters
constexpr std::size_t longest_port = 5;

bool is_ascii_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_ascii_digit(char32_t c) {
  return c >= '0' && c <= '9';
}
/// What a mail address may have beside ASCII: no surrogates, nothing private, nothing beyond the first plane.
bool is_foreign(char32_t c) {
  return (c >= 0xa0 && c <= 0xd7ff) || (c >= 0xf900 && c <= 0xfdcf) || (c >= 0xfdf0 && c <= 0xffef);
}
bool is_mail_letter(char32_t c) {
  return is_ascii_letter(c) || is_foreign(c);
}
bool is_mail_alnum(char32_t c) {
  return is_mail_letter(c) || is_ascii_digit(c);
}
bool is_one_of(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

std::u32string characters(std::string_view text) {
  std::u32string out;
  while (!text.empty()) {
    const auto rune = go::first_rune(text);
    out += rune.code;
    text.remove_prefix(rune.length);
  }
  return out;
}

/// Words with dots between them.
bool is_plain_name(std::u32string_view name) {
  bool in_word = false;
  for (const char32_t c : name) {
    const bool dot = c == '.';
    if (dot ? !in_word : !is_mail_alnum(c) && !is_one_of(c, U"!#$%&'*+-/=?^_`{|}~")) return false;
    in_word = !dot;
  }
  return in_word;
}

bool is_mail_host(std::u32string_view host) {
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  const auto dot = host.rfind('.');
  if (dot == std::u32string_view::npos || dot == 0 || dot + 1 == host.size()) return false;
  const auto before = host.substr(0, dot), top = host.substr(dot + 1);
  const auto within = [](char32_t c) { return is_mail_alnum(c) || is_one_of(c, U"-._~"); };
  return is_mail_alnum(before.front()) && is_mail_alnum(before.back()) && std::ranges::all_of(before, within) &&
         is_mail_letter(top.front()) && is_mail_letter(top.back()) && std::ranges::all_of(top, within);
}

/// Takes the scheme away, if it is one that a page or a service has.
std::string_view without_scheme(std::string_view text) {
  constexpr std::array<std::string_view, 7> schemes = {"http", "https", "ftp", "tcp", "udp", "ws", "wss"};
  const auto end = text.find("://");
  if (end == std::string_view::npos || std::ranges::find(schemes, text.substr(0, end)) == schemes.end()) return text;
  return text.substr(end + 3);
}

bool is_web_letter(char32_t c) {
  return is_ascii_letter(c) || (c >= 0xa1 && c <= 0xffff && c != 0xfffd);
}
bool is_web_alnum(char32_t c) {
  return is_web_letter(c) || is_ascii_digit(c);
}

bool is_web_label(const std::u32string& label) {
  return !label.empty() && is_web_alnum(label.front()) && is_web_alnum(label.back()) &&
         std::ranges::all_of(label, [](char32_t c) { return is_web_alnum(c) || is_one_of(c, U"-_"); });
}

bool is_number_of_four(const std::vector<std::string>& labels) {
  return labels.size() == 4 && std::ranges::all_of(labels, [](const std::string& label) {
           return !label.empty() && label.size() <= 3 && std::ranges::all_of(label, util::is_digit) &&
                  std::stoi(label) <= 255;
         });
}

/// Labels, the last of letters alone where it is not the only one; or an IPv4 address.
bool is_host_name(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const auto labels = util::split(host, '.');
  if (is_number_of_four(labels)) return true;
  const auto top = characters(labels.back());
  return std::ranges::all_of(labels, [](const std::string& label) { return is_web_label(characters(label)); }) &&
         (labels.size() == 1 || std::ranges::all_of(top, is_web_letter));
}

bool is_port(std::string_view port) {
  return !port.empty() && port.size() <= longest_port && std::ranges::all_of(port, util::is_digit);
}

/// A host with perhaps a port.
bool is_authority(std::string_view text) {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return false;
    const auto rest = text.substr(end + 1);
    return text.substr(0, end).find(':') != std::string_view::npos &&
           (rest.empty() || (rest[0] == ':' && is_port(rest.substr(1))));
  }
  const auto colon = text.find(':');
  return is_host_name(text.substr(0, colon)) && (colon == std::string_view::npos || is_port(text.substr(colon + 1)));
}

/// What Go's URL parser makes of it must have a host, or a dot where one would stand.
bool has_a_place(const std::string& text) {
  const bool port_alone = text.find(':') != std::string::npos && text.find("://") == std::string::npos;
  try {
    const auto url = go::Url::parse(port_alone ? "http://" + text : text);
    if (url.host.starts_with('.')) return false;
    return !url.host.empty() || url.path.empty() || url.path.find('.') != std::string::npos;
  } catch (const go::UrlError&) {
    return false;
  }
}

}  // namespace

bool is_mail_address(const std::string& text) {
  const auto letters = characters(text);
  const std::u32string_view all = letters;
  const auto at = all.rfind('@');
  if (at == std::u32string_view::npos) return false;
  return is_plain_name(all.substr(0, at)) && is_mail_host(all.substr(at + 1));
}

bool is_web_address(const std::string& text) {
  if (text.size() < shortest_address || go::rune_count(text) > longest_address || text.starts_with('.')) return false;
  if (!has_a_place(text)) return false;
  auto rest = without_scheme(text);
  if (std::ranges::any_of(rest, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); })) return false;
  const auto end = std::min(rest.find_first_of("/?#"), rest.size());
  auto authority = rest.substr(0, end);
  if (const auto at = authority.rfind('@'); at != std::string_view::npos && at > 0) authority.remove_prefix(at + 1);
  return is_authority(authority);
}

}  // namespace gpuctl::chart
