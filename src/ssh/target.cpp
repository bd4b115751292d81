#include "ssh/target.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ssh/pattern.hpp"
#include "ssh/tokens.hpp"
#include "util/strings.hpp"

namespace gpuctl::ssh {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::size_t longest_chain = 8;

/// What ssh tries where no IdentityFile is named, and which of these libssh can sign with.
const char* const default_keys[] = {"id_rsa", "id_ecdsa", "id_ed25519"};

void refuse_dash(const std::string& what, const std::string& name) {
  if (!name.starts_with('-')) return;
  throw Error(ErrorKind::invalid, fmt::format("the {} '{}' begins with a dash", what, name), {},
              "it could be taken for an option; no host or user is called so");
}

class Resolver {
 public:
  Resolver(const Config& config, const Environment& environment) : config_(config), environment_(environment) {}

  Target target(const core::Host& host) {
    const HostConfig said = config_.lookup(host.name, host.user, environment_, host.address);
    Target target = given(host, said);
    if (host.jump_given || !host.jump.empty())
      target.jumps = chain(host.jump);
    else if (said.proxy_jump && *said.proxy_jump != "none")
      target.jumps = chain(specs(said));
    return target;
  }

 private:
  /// What the playbook says about a host goes before what ssh_config says.
  Target given(const core::Host& host, const HostConfig& said) const {
    Target target = base(host.name, said);
    if (host.port != 0) target.port = host.port;
    if (!host.identity.empty()) {
      // Its own key comes before the ones that are there for every host.
      if (said.identity_files.empty()) target.identities.clear();
      target.identities.insert(target.identities.begin(), expand_home(host.identity, environment_));
    }
    target.pinned = host.host_key;
    check(target);
    return target;
  }

  static std::vector<core::Host> specs(const HostConfig& said) {
    std::vector<core::Host> hosts;
    for (const auto& text : util::split(*said.proxy_jump, ',')) {
      auto host = core::parse_destination(util::trim(text));
      if (!host)
        throw Error(ErrorKind::invalid, fmt::format("'{}' is not a jump host", text), said.proxy_jump_where,
                    "expected user@host:port, where user and port may be left out");
      hosts.push_back(std::move(*host));
    }
    return hosts;
  }

  Target base(const std::string& alias, const HostConfig& said) const {
    Target target;
    target.alias = alias;
    target.address = said.hostname;
    target.port = said.port.value_or(22);
    target.user = said.user.value_or(environment_.user);
    target.identities = said.identity_files;
    std::erase(target.identities, "none");
    if (said.identity_files.empty())
      for (const char* name : default_keys) target.identities.push_back(environment_.home + "/.ssh/" + name);
    target.identities_only = said.identities_only.value_or(false);
    target.agent = agent(said);
    target.host_key_alias = said.host_key_alias.value_or("");
    target.known_hosts = said.user_known_hosts;
    if (target.known_hosts.empty())
      target.known_hosts = {environment_.home + "/.ssh/known_hosts", environment_.home + "/.ssh/known_hosts2"};
    target.global_known_hosts = said.global_known_hosts;
    if (target.global_known_hosts.empty())
      target.global_known_hosts = {"/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"};
    std::erase(target.known_hosts, "none");
    std::erase(target.global_known_hosts, "none");
    target.ask_unknown = said.strict != "yes" && said.strict != "true";
    if (said.connect_timeout && *said.connect_timeout > 0)
      target.connect_timeout = std::chrono::seconds(std::min(*said.connect_timeout, 60));
    return target;
  }

  std::string agent(const HostConfig& said) const {
    if (!said.identity_agent || *said.identity_agent == "SSH_AUTH_SOCK") return environment_.agent;
    if (*said.identity_agent == "none") return "";
    if (said.identity_agent->starts_with('$'))
      return environment_.variable ? environment_.variable(said.identity_agent->substr(1)) : "";
    return *said.identity_agent;
  }

  void check(const Target& target) const {
    refuse_dash("host", target.alias);
    refuse_dash("host", target.address);
    refuse_dash("user", target.user);
    if (target.address.empty()) throw Error(ErrorKind::invalid, "a host without a name or an address");
  }

  /// The hops, outermost first. As with ssh, the first is reached the way the configuration says for it.
  std::vector<Target> chain(const std::vector<core::Host>& hosts) {
    std::vector<Target> hops;
    for (const auto& host : hosts) {
      const HostConfig said = config_.lookup(host.name, host.user, environment_, host.address);
      if (hops.empty() && !host.jump_given && said.proxy_jump && *said.proxy_jump != "none") {
        if (++depth_ > longest_chain)
          throw Error(ErrorKind::invalid, fmt::format("the jump hosts of {} go round in a circle", host.name),
                      said.proxy_jump_where, "give the outermost jump host `ProxyJump none`");
        hops = chain(specs(said));
      }
      hops.push_back(given(host, said));
    }
    return hops;
  }

  const Config& config_;
  const Environment& environment_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string Target::text() const {
  if (address == alias) return fmt::format("{}@{}", user, alias);
  return fmt::format("{}@{} ({})", user, alias, address);
}

Target resolve(const core::Host& host, const Config& config, const Environment& environment) {
  return Resolver(config, environment).target(host);
}

}  // namespace gpuctl::ssh
