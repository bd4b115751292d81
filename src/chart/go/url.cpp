#include "chart/go/url.hpp"

#include <algorithm>

#include "chart/go/quote.hpp"

namespace gpuctl::chart::go {

namespace {

enum class Part { path, user, host, zone, fragment };

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_.~").find(c) != std::string_view::npos;
}

bool must_escape(char c, Part part) {
  const auto in = [c](std::string_view set) { return set.find(c) != set.npos; };
  if (is_plain(c)) return false;
  if ((part == Part::host || part == Part::zone) && in("!$&'()*+,;=:[]<>\"")) return false;
  if (in("$&+,/:;=?@")) {
    if (part == Part::path) return c == '?';
    if (part == Part::user) return in("@/?:");
    return part != Part::fragment;
  }
  return !(part == Part::fragment && in("!()*"));
}

std::string escaped(std::string_view text, Part part) {
  std::string out;
  for (const char c : text) {
    if (!must_escape(c, part)) {
      out += c;
      continue;
    }
    out += '%';
    out += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> 4];
    out += "0123456789ABCDEF"[c & 0xf];
  }
  return out;
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

UrlError bad_escape(std::string_view at) {
  return UrlError("invalid URL escape " + quoted(at.substr(0, 3)));
}

std::string unescaped(std::string_view text, Part part) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    if (c != '%') {
      if ((part == Part::host || part == Part::zone) && ascii && must_escape(c, part))
        throw UrlError("invalid character " + quoted(text.substr(i, 1)) + " in host name");
      out += c;
      continue;
    }
    const auto at = text.substr(i);
    if (at.size() < 3 || hex(at[1]) < 0 || hex(at[2]) < 0) throw bad_escape(at);
    const bool percent = at.starts_with("%25");
    const char byte = static_cast<char>(hex(at[1]) << 4 | hex(at[2]));
    if (part == Part::host && hex(at[1]) < 8 && !percent) throw bad_escape(at);
    if (part == Part::zone && !percent && byte != ' ' && must_escape(byte, Part::host)) throw bad_escape(at);
    out += byte;
    i += 2;
  }
  return out;
}

bool is_port(std::string_view text) {
  if (text.empty()) return true;
  return text[0] == ':' && std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void check_port(std::string_view text) {
  if (!is_port(text)) throw UrlError("invalid port " + quoted(text) + " after host");
}

std::string bracketed(std::string_view host) {
  const auto close = host.rfind(']');
  if (close == host.npos) throw UrlError("missing ']' in host");
  const auto port = host.substr(close + 1);
  check_port(port);
  const auto name = host.substr(1, close - 1);
  const auto zone = name.find("%25");
  const std::string plain = unescaped(name.substr(0, zone), Part::host) +
                            (zone == name.npos ? std::string() : unescaped(name.substr(zone), Part::zone));
  const auto address = plain.substr(0, plain.find('%'));
  if (address.find(':') == std::string::npos)
    throw UrlError(address.find('.') == std::string::npos
                       ? "invalid host: ParseAddr(" + quoted(plain) + "): unable to parse IP"
                       : "invalid IP-literal");
  return "[" + plain + "]" + std::string(port);
}

std::string read_host(const std::string& scheme, std::string_view host) {
  const auto open = host.rfind('[');
  if (open != host.npos && open > 0) throw UrlError("invalid IP-literal");
  if (open == 0) return bracketed(host);
  auto colon = host.find(':');
  if (colon != host.npos) {
    if (scheme != "http" && scheme != "https") colon = host.rfind(':');
    check_port(host.substr(colon));
  }
  return unescaped(host, Part::host);
}

void read_authority(Url& url, std::string_view authority) {
  const auto at = authority.rfind('@');
  url.host = read_host(url.scheme, at == authority.npos ? authority : authority.substr(at + 1));
  if (at == authority.npos) return;
  const auto info = authority.substr(0, at);
  const auto allowed = [](char c) {
    return is_plain(c) || std::string_view(":!$&'()*+,;=%@").find(c) != std::string_view::npos;
  };
  if (!std::all_of(info.begin(), info.end(), allowed)) throw UrlError("net/url: invalid userinfo");
  const auto colon = info.find(':');
  User user;
  user.name = unescaped(info.substr(0, colon), Part::user);
  if (colon != info.npos) user.password = unescaped(info.substr(colon + 1), Part::user);
  url.user = std::move(user);
}

/// Takes the scheme off the text, if it has one.
std::string take_scheme(std::string_view& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) continue;
    if (c == ':') {
      if (i == 0) throw UrlError("missing protocol scheme");
      std::string scheme(text.substr(0, i));
      for (char& letter : scheme)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter | 0x20);
      text.remove_prefix(i + 1);
      return scheme;
    }
    if (i == 0 || std::string_view("0123456789+-.").find(c) == std::string_view::npos) return {};
  }
  return {};
}

void read_parts(Url& url, std::string_view rest) {
  for (const char c : rest)
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) throw UrlError("net/url: invalid control character in URL");
  if (rest == "*") {
    url.path = "*";
    return;
  }
  url.scheme = take_scheme(rest);
  if (const auto mark = rest.find('?'); mark != rest.npos) {
    url.query = rest.substr(mark + 1);
    rest = rest.substr(0, mark);
  }
  if (!rest.starts_with('/')) {
    if (!url.scheme.empty()) {
      url.opaque = rest;
      return;
    }
    if (rest.substr(0, rest.find('/')).find(':') != rest.npos)
      throw UrlError("first path segment in URL cannot contain colon");
  }
  if (rest.starts_with("//") && (!url.scheme.empty() || !rest.starts_with("///"))) {
    const auto slash = rest.find('/', 2);
    read_authority(url, rest.substr(2, slash == rest.npos ? slash : slash - 2));
    rest = slash == rest.npos ? std::string_view() : rest.substr(slash);
  }
  url.path = unescaped(rest, Part::path);
}

}  // namespace

std::string User::text() const {
  return escaped(name, Part::user) + (password ? ":" + escaped(*password, Part::user) : "");
}

Url Url::parse(std::string_view text) {
  const auto hash = text.find('#');
  const auto front = text.substr(0, hash);
  Url url;
  try {
    read_parts(url, front);
  } catch (const UrlError& error) {
    throw UrlError("parse " + quoted(front) + ": " + error.what());
  }
  if (hash == text.npos) return url;
  try {
    url.fragment = unescaped(text.substr(hash + 1), Part::fragment);
  } catch (const UrlError& error) {
    throw UrlError("parse " + quoted(text) + ": " + error.what());
  }
  return url;
}

std::string Url::hostname() const {
  std::string_view name = host;
  if (const auto colon = name.rfind(':'); colon != name.npos && is_port(name.substr(colon)))
    name = name.substr(0, colon);
  if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
  return std::string(name);
}

std::string Url::text() const {
  std::string out = scheme.empty() ? "" : scheme + ":";
  if (!opaque.empty()) {
    out += opaque;
  } else {
    if (!scheme.empty() || !host.empty() || user) {
      if (!host.empty() || !path.empty() || user) out += "//";
      if (user) out += user->text() + "@";
      out += escaped(host, Part::host);
    }
    const std::string shown = path == "*" ? path : escaped(path, Part::path);
    if (!shown.empty() && shown[0] != '/' && !host.empty()) out += '/';
    if (out.empty() && shown.substr(0, shown.find('/')).find(':') != std::string::npos) out += "./";
    out += shown;
  }
  if (!query.empty()) out += "?" + query;
  if (!fragment.empty()) out += "#" + escaped(fragment, Part::fragment);
  return out;
}

}  // namespace gpuctl::chart::go
