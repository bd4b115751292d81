#include "chart/source/address.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "chart/go/url.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

/// What stands before the host may be a password, so the text itself is not repeated.
[[noreturn]] void refuse_address(std::string_view text, const std::string& why) {
  const auto at = text.find('@');
  const auto shown = at == text.npos ? std::string(text) : "…" + std::string(text.substr(at));
  throw core::Error(core::ErrorKind::invalid, fmt::format("\"{}\" is not the address of a chart: {}", shown, why));
}

bool names_a_server(std::string_view text) {
  const auto colon = text.find(':');
  return colon != text.npos && colon > 0 && text.substr(colon).starts_with("://") &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
           return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
         });
}

/// A name or an address, with a port or without; a colon stands in no name.
bool is_host(std::string_view host) {
  if (host.starts_with('[')) {
    const auto close = host.find(']');
    if (close == host.npos) return false;
    host.remove_prefix(close);
  }
  const auto colon = host.find(':');
  const auto port = colon == host.npos ? std::string_view() : host.substr(colon + 1);
  return !host.empty() && colon != 0 && port.size() <= 5 && port.find_first_not_of("0123456789") == port.npos &&
         host.find_first_of("\\\"<>^`{|}") == host.npos;
}

void take_user(Address& out, std::string_view info, std::string_view whole) {
  try {
    const auto user = go::Url::parse("http://" + std::string(info) + "@host").user;
    out.user = user->name;
    out.password = core::Secret(user->password.value_or(""));
  } catch (const go::UrlError&) {
    refuse_address(whole, "its user is not written as a URL has it");
  }
}

/// The path with `.` and `..` taken out of it.
std::string without_dots(std::string_view path) {
  std::vector<std::string_view> kept;
  bool folder = false;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto part = path.substr(0, path.find('/'));
    path.remove_prefix(part.size());
    folder = part == "." || part == "..";
    if (part == ".." && !kept.empty()) kept.pop_back();
    if (!folder) kept.push_back(part);
  }
  std::string out;
  for (const auto part : kept) out += "/" + std::string(part);
  return folder || out.empty() ? out + "/" : out;
}

/// `reference` without a server of its own, seen from `folder`, which ends with a slash.
Address below(Address base, const std::string& folder, std::string_view reference) {
  const auto hash = reference.find('#');
  reference = reference.substr(0, hash);
  const auto mark = reference.find('?');
  const auto path = reference.substr(0, mark);
  base.query = mark == reference.npos ? "" : std::string(reference.substr(mark + 1));
  base.path = without_dots(path.starts_with('/') ? std::string(path) : folder + std::string(path));
  return base;
}

}  // namespace

bool is_address(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://", "oci://"})
    if (text.starts_with(scheme)) return true;
  return false;
}

Address Address::parse(std::string_view text) {
  Address out;
  if (!names_a_server(text)) refuse_address(text, "expected https://…, http://… or oci://…");
  const auto colon = text.find(':');
  out.scheme = lowered(text.substr(0, colon));
  if (out.scheme != "https" && out.scheme != "http" && out.scheme != "oci")
    refuse_address(text, fmt::format("{}: is not fetched, expected https:, http: or oci:", out.scheme));
  auto rest = text.substr(colon + 3);
  rest = rest.substr(0, rest.find('#'));
  for (const char c : rest)
    if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f')
      refuse_address(text, "it has a blank or a control character");
  auto authority = rest.substr(0, rest.find_first_of("/?"));
  rest.remove_prefix(authority.size());
  if (const auto at = authority.rfind('@'); at != authority.npos) {
    take_user(out, authority.substr(0, at), text);
    authority.remove_prefix(at + 1);
  }
  out.host = lowered(authority);
  if (!is_host(out.host)) refuse_address(text, out.host.empty() ? "it names no host" : "its host or port is not one");
  const auto mark = rest.find('?');
  out.path = rest.substr(0, mark);
  if (mark != rest.npos) out.query = rest.substr(mark + 1);
  return out;
}

std::string Address::origin() const {
  std::string_view shown = host;
  for (const auto& [of, port] : {std::pair{"https", ":443"}, std::pair{"http", ":80"}, std::pair{"oci", ":443"}})
    if (scheme == of && shown.ends_with(port)) shown.remove_suffix(std::string_view(port).size());
  return scheme + "://" + std::string(shown);
}

std::string Address::target() const {
  return (path.empty() ? "/" : path) + (query.empty() ? "" : "?" + query);
}

Address resolved(const Address& repository, std::string_view reference) {
  if (names_a_server(reference)) return Address::parse(reference);
  if (reference.starts_with("//")) return Address::parse(repository.scheme + ":" + std::string(reference));
  auto folder = repository.path;
  if (!folder.ends_with('/')) folder += '/';
  auto out = below(repository, folder, reference);
  out.query = repository.query;
  return out;
}

Address redirected(const Address& from, std::string_view location) {
  if (names_a_server(location)) return Address::parse(location);
  if (location.starts_with("//")) return Address::parse(from.scheme + ":" + std::string(location));
  if (location.empty() || location.starts_with('?') || location.starts_with('#')) {
    auto out = from;
    if (location.starts_with('?')) out.query = location.substr(1, location.find('#') - 1);
    return out;
  }
  const auto folder = from.path.substr(0, from.path.rfind('/') + 1);
  return below(from, folder.empty() ? "/" : folder, location);
}

bool same_repository(const std::string& a, const std::string& b) {
  const auto plain = [](const std::string& text) {
    try {
      auto address = Address::parse(text);
      address.path = without_dots(address.path);
      while (address.path.ends_with('/')) address.path.pop_back();
      return address.user + "@" + address.text();
    } catch (const core::Error&) {
      return text;
    }
  };
  return plain(a) == plain(b);
}

}  // namespace gpuctl::chart
