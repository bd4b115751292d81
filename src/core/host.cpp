#include "core/host.hpp"

#include <charconv>

namespace gpuctl::core {

namespace {

std::optional<int> port_number(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port < 1 || port > 65535) return std::nullopt;
  return port;
}

}  // namespace

std::optional<Host> parse_destination(std::string_view text) {
  Host host;
  if (text.starts_with("ssh://")) text.remove_prefix(6);
  if (const auto at = text.rfind('@'); at != std::string_view::npos) {
    host.user = text.substr(0, at);
    text.remove_prefix(at + 1);
    if (host.user.empty()) return std::nullopt;
  }
  std::string_view port;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    host.name = text.substr(1, end - 1);
    port = text.substr(end + 1);
  } else {
    const auto colon = text.find(':');
    // More than one colon is a bare IPv6 address.
    const bool bare = colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos;
    host.name = bare ? text : text.substr(0, colon);
    if (!bare) port = text.substr(colon);
  }
  if (host.name.empty()) return std::nullopt;
  if (port.empty()) return host;
  const auto number = port[0] == ':' ? port_number(port.substr(1)) : std::nullopt;
  if (!number) return std::nullopt;
  host.port = *number;
  return host;
}

}  // namespace gpuctl::core
