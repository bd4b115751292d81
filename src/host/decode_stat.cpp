#include "host/decode.hpp"
#include "util/strings.hpp"

namespace gpuctl::host {

namespace {

std::string type_of(std::string_view words) {
  if (words.starts_with("regular")) return "file";  // also `regular empty file`
  return words == "directory" ? "directory" : "other";
}

/// %Z has no fraction (busybox, and GNU without a precision), %z has: `2025-11-21 09:14:02.123456789 +0000`.
std::string seconds(const std::string& whole, const std::string& readable) {
  const auto point = readable.find('.');
  return point == std::string::npos ? whole : whole + readable.substr(point);
}

}  // namespace

bool decode_stat_line(std::string_view text, StatLine& out) {
  std::vector<std::string> fields;
  for (int i = 0; i < 7; ++i) {
    const auto bar = text.find('|');
    if (bar == std::string_view::npos) return false;
    fields.emplace_back(text.substr(0, bar));
    text.remove_prefix(bar + 1);
  }
  const auto ctime = decode_seconds(seconds(fields[5], fields[6]));
  if (text.empty() || !std::holds_alternative<core::Time>(ctime)) return false;
  auto mode = fields[1];
  mode.insert(0, mode.size() < 4 ? 4 - mode.size() : 0, '0');
  out.path = text;
  out.record = {{"type", type_of(fields[0])}, {"mode", mode},      {"owner", fields[2]},
                {"group", fields[3]},         {"size", fields[4]}, {"ctime", ctime}};
  return true;
}

std::string apt_list_name(std::string_view uri, std::string_view suite, std::string_view what) {
  // apt: no scheme, no login; then these characters as %xx and each / as _ (URItoFileName in apt-pkg/contrib/strutl).
  constexpr std::string_view quoted = "\\|{}[]<>\"^~_=!@#$%^&*";
  constexpr const char* digits = "0123456789abcdef";
  const auto scheme = uri.find("://");
  if (scheme != std::string_view::npos) uri.remove_prefix(scheme + 3);
  const auto login = uri.substr(0, uri.find('/')).find('@');
  if (login != std::string_view::npos) uri.remove_prefix(login + 1);
  while (uri.ends_with('/')) uri.remove_suffix(1);

  std::string whole = std::string(uri) + "/";
  if (suite.ends_with('/'))  // a flat repository: the suite is a folder
    whole += suite == "/" ? "" : std::string(suite);
  else
    whole += "dists/" + std::string(suite) + "/";
  whole += what;

  std::string out;
  for (const char c : whole) {
    if (quoted.find(c) != std::string_view::npos || c <= 0x20 || c == 0x7f) {
      const auto byte = static_cast<unsigned char>(c);
      ((out += '%') += digits[byte >> 4]) += digits[byte & 15];
    } else {
      out += c == '/' ? '_' : c;
    }
  }
  return out;
}

}  // namespace gpuctl::host
