#include "playbook/host_fields.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace gpuctl::playbook {

namespace {

using core::Error;
using core::ErrorKind;
using core::Params;

bool letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// The first character of `text` that is no letter, no digit and none of `others`, with its continuation bytes.
std::string first_other(std::string_view text, std::string_view others) {
  const auto odd = std::find_if(text.begin(), text.end(), [&](char c) {
    return !letter_or_digit(c) && others.find(c) == std::string_view::npos;
  });
  auto end = odd;
  while (end != text.end() && (end == odd || (static_cast<unsigned char>(*end) & 0xC0) == 0x80)) ++end;
  return {odd, end};
}

/// Why `text` cannot be a name made of letters, digits and `others`; empty: it can.
std::string fault(const std::string& text, const char* others) {
  if (text.empty()) return "is empty";
  if (text.starts_with('-')) return "begins with a dash, and could be taken for an option";
  const std::string odd = first_other(text, others);
  return odd.empty() ? "" : fmt::format("holds \"{}\", expected letters, digits and any of {}", odd, others);
}

void require(const Params& params, const std::string& key, const std::string& text, const char* others) {
  const std::string why = fault(text, others);
  if (!why.empty()) params.fail(key, fmt::format("\"{}\" {}", text, why));
}

std::string host_key(Params& params) {
  constexpr std::size_t digest_length = 43;  // of SHA-256 in base64 without padding
  std::string key = params.text("host_key", "");
  if (!params.has("host_key")) return key;
  const bool proper =
      key.starts_with("SHA256:") && key.size() == 7 + digest_length && first_other(key.substr(7), "+/").empty();
  if (!proper)
    params.fail("host_key", fmt::format("expected SHA256: and 43 characters, found \"{}\"", key),
                "on the host: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub");
  return key;
}

std::optional<core::ExpectedGpus> gpus(Params& params) {
  if (!params.has("gpus")) return std::nullopt;
  Params below = params.mapping("gpus");
  core::ExpectedGpus out;
  const std::int64_t count = below.integer("count", 1);
  if (count < 1 || count > 1024) below.fail("count", fmt::format("expected 1 to 1024, found {}", count));
  out.count = static_cast<int>(count);
  out.product = below.text("product", "");
  out.memory = below.bytes("memory", 0);
  below.done();
  return out;
}

/// Unresolved: the hosts of the playbook are not all known yet.
std::vector<core::Host> jumps(Params& params) {
  std::vector<core::Host> out;
  for (const auto& text : params.texts("jump")) {
    auto host = core::parse_destination(text);
    if (!host)
      params.fail("jump", fmt::format("\"{}\" is not a jump host", text),
                  "expected user@host:port, where user and port may be left out, or a host of the playbook");
    require(params, "jump", host->name, "._-:%");
    if (!host->user.empty()) require(params, "jump", host->user, "._-\\+");
    out.push_back(std::move(*host));
  }
  return out;
}

}  // namespace

core::Host read_host(const std::string& name, const core::Where& where, Params params) {
  const std::string why = fault(name, "._-");
  if (!why.empty()) throw Error(ErrorKind::invalid, fmt::format("hosts: the name \"{}\" {}", name, why), where);
  core::Host host;
  host.name = name;
  host.address = params.text("address", "");
  if (params.has("address")) require(params, "address", host.address, "._-:%");
  const std::int64_t port = params.integer("port", 0);
  if (params.has("port") && (port < 1 || port > 65535))
    params.fail("port", fmt::format("expected 1 to 65535, found {}", port));
  host.port = static_cast<int>(port);
  host.user = params.text("user", "");
  if (params.has("user")) require(params, "user", host.user, "._-\\+@");
  host.jump_given = params.has("jump");
  host.jump = jumps(params);
  host.host_key = host_key(params);
  host.identity = params.text("identity", "");
  host.node = params.text("node", name);
  require(params, "node", host.node, ".-_");
  host.groups = params.texts("groups");
  for (const auto& group : host.groups) require(params, "groups", group, "._-");
  host.gpus = gpus(params);
  params.done();
  return host;
}

}  // namespace gpuctl::playbook
