#include "ssh/config_lookup.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "ssh/pattern.hpp"
#include "util/strings.hpp"

namespace gpuctl::ssh {

namespace {

using core::Error;
using core::ErrorKind;
using core::Where;

bool flag(const Directive& directive) {
  const std::string word = lower_case(directive.words[0]);
  if (word == "yes" || word == "true") return true;
  if (word == "no" || word == "false") return false;
  throw Error(ErrorKind::invalid, fmt::format("{} is '{}', expected yes or no", directive.keyword, directive.words[0]),
              directive.where);
}

/// `90`, `1m30s`: ssh_config's TIME FORMATS, in seconds.
std::optional<int> seconds(const std::string& text) {
  int total = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto end = std::min(text.find_first_not_of("0123456789", at), text.size());
    const auto number = whole_number(text.substr(at, end - at), 0, 1'000'000);
    if (!number) return {};
    const char unit = end < text.size() ? text[end] : 's';
    const std::string_view units = "smhdwSMHDW";
    const int sizes[] = {1, 60, 3600, 86400, 604800};
    const auto which = units.find(unit);
    if (which == std::string_view::npos) return {};
    total += *number * sizes[which % 5];
    at = end + 1;
  }
  return total;
}

[[noreturn]] void refuse_directive(const std::string& what, const Where& where, std::string hint) {
  throw Error(ErrorKind::invalid, fmt::format("{} is not supported", what), where, std::move(hint));
}

}  // namespace

Lookup::Lookup(std::string alias, const std::string& user, const Environment& environment, std::string address)
    : alias_(std::move(alias)), address_(std::move(address)), environment_(environment) {
  if (!user.empty()) found_.user = user;
}

void Lookup::read(const std::vector<Directive>& directives) {
  read(directives, true);
}

void Lookup::read(const std::vector<Directive>& directives, bool active) {
  bool selected = active;
  for (const auto& directive : directives) {
    // A block of a file that is included where nothing applies never applies either.
    if (directive.keyword == "host")
      selected = active && host_applies(directive);
    else if (directive.keyword == "match")
      selected = active && match_applies(directive);
    else if (!selected)
      continue;
    else if (directive.keyword == "include")
      for (const auto& file : directive.included) read(file.included, true);
    else
      apply(directive);
  }
}

bool Lookup::host_applies(const Directive& directive) const {
  if (address_.empty()) return matches_any(alias_, directive.words);
  // The playbook's name and its address are both the host: either may be meant, and either may be excluded.
  const auto excluded = [&](const std::string& name) {
    return std::ranges::any_of(directive.words, [&](const std::string& pattern) {
      return pattern.starts_with('!') && matches(name, std::string_view(pattern).substr(1));
    });
  };
  return !excluded(alias_) && !excluded(address_) &&
         (matches_any(alias_, directive.words) || matches_any(address_, directive.words));
}

bool Lookup::match_applies(const Directive& directive) {
  bool result = true;
  const auto& words = directive.words;
  for (std::size_t at = 0; at < words.size(); ++at) {
    std::string name = lower_case(words[at]);
    std::string value;
    bool has_value = false;
    if (const auto equals = name.find('='); equals != std::string::npos) {
      value = words[at].substr(equals + 1);
      name.resize(equals);
      has_value = true;
    }
    const bool negated = name.starts_with('!');
    if (negated) name.erase(0, 1);
    const bool bare = name == "all" || name == "canonical" || name == "final";
    if (!bare && !has_value) {
      if (++at >= words.size())
        throw Error(ErrorKind::invalid, fmt::format("Match {} has no value", name), directive.where);
      value = words[at];
    }
    // What stands after a condition that failed cannot change the answer, nor does OpenSSH run it.
    if (!result && name != "final") continue;
    if (condition(name, value, directive.where) == negated) result = false;
  }
  return result;
}

bool Lookup::condition(const std::string& name, const std::string& value, const Where& where) {
  if (name == "all") return true;
  if (name == "final") wants_final_ = true;
  if (name == "final" || name == "canonical") return final_;
  if (name == "host") return matches_list(lower_case(hostname()), value, true);
  if (name == "originalhost") return matches_list(lower_case(alias_), value, true);
  if (name == "user") return matches_list(found_.user.value_or(environment_.user), value);
  if (name == "localuser") return matches_list(environment_.user, value);
  refuse_directive(
      fmt::format("Match {}", name), where,
      "gpuctl runs nothing to read a configuration: write the condition as Host or Match host, or give address, "
      "user and jump in the playbook");
}

void Lookup::apply(const Directive& directive) {
  if (apply_login(directive) || apply_way(directive)) return;
  apply_trust(directive);
}

bool Lookup::apply_login(const Directive& directive) {
  const auto& [keyword, words, where, _] = directive;
  if (keyword == "hostname") {
    if (!hostname_) hostname_ = words[0], hostname_where_ = where;
  } else if (keyword == "user") {
    if (!found_.user) found_.user = words[0];
  } else if (keyword == "port") {
    const auto port = whole_number(words[0], 1, 65535);
    if (!port) throw Error(ErrorKind::invalid, fmt::format("Port is '{}', expected 1 to 65535", words[0]), where);
    if (!found_.port) found_.port = port;
  } else if (keyword == "identityfile") {
    if (std::ranges::find(found_.identity_files, words[0]) == found_.identity_files.end())
      found_.identity_files.push_back(words[0]);
    identity_where_ = where;
  } else if (keyword == "identitiesonly") {
    const bool only = flag(directive);
    if (!found_.identities_only) found_.identities_only = only;
  } else if (keyword == "identityagent") {
    if (!found_.identity_agent) found_.identity_agent = words[0], agent_where_ = where;
  } else {
    return false;
  }
  return true;
}

bool Lookup::apply_way(const Directive& directive) {
  const auto& [keyword, words, where, _] = directive;
  if (keyword == "proxyjump") {
    if (jump_decided_) return true;
    jump_decided_ = true;
    found_.proxy_jump = words[0];
    found_.proxy_jump_where = where;
  } else if (keyword == "proxycommand") {
    if (jump_decided_) return true;
    jump_decided_ = true;
    if (lower_case(words[0]) != "none")
      refuse_directive("ProxyCommand", where, "use ProxyJump, or `jump:` in the playbook, for a host behind another");
    found_.proxy_jump = "none";
  } else if (keyword == "connecttimeout") {
    if (found_.connect_timeout || words[0] == "none") return true;
    found_.connect_timeout = seconds(words[0]);
    if (!found_.connect_timeout)
      throw Error(ErrorKind::invalid, fmt::format("ConnectTimeout is '{}', expected seconds", words[0]), where);
  } else if (keyword == "canonicalizehostname") {
    if (!std::exchange(canonical_decided_, true) && lower_case(words[0]) != "no" && lower_case(words[0]) != "false")
      refuse_directive("CanonicalizeHostname", where, "write the full name as HostName");
  } else {
    return false;
  }
  return true;
}

void Lookup::apply_trust(const Directive& directive) {
  const auto& [keyword, words, where, _] = directive;
  if (keyword == "hostkeyalias") {
    if (!found_.host_key_alias) found_.host_key_alias = words[0];
  } else if (keyword == "userknownhostsfile") {
    if (found_.user_known_hosts.empty()) found_.user_known_hosts = words, known_where_ = where;
  } else if (keyword == "globalknownhostsfile") {
    if (found_.global_known_hosts.empty()) found_.global_known_hosts = words;
  } else if (keyword == "stricthostkeychecking") {
    if (!found_.strict) found_.strict = lower_case(words[0]);
  } else if (keyword == "revokedhostkeys") {
    if (!std::exchange(revoked_decided_, true) && lower_case(words[0]) != "none")
      refuse_directive("RevokedHostKeys", where, "write the keys as @revoked lines of a known_hosts file");
  }
}

std::string Lookup::hostname() const {
  if (!address_.empty()) return address_;
  if (!hostname_) return alias_;
  return expand(*hostname_, {{'h', alias_}}, false, environment_, hostname_where_);
}

Tokens Lookup::tokens() const {
  const std::string& full = environment_.hostname;
  return {{'h', lower_case(hostname())},
          {'n', alias_},
          {'p', std::to_string(found_.port.value_or(22))},
          {'r', found_.user.value_or(environment_.user)},
          {'u', environment_.user},
          {'d', environment_.home},
          {'i', std::to_string(environment_.uid)},
          {'l', full},
          {'L', full.substr(0, full.find('.'))},
          {'k', found_.host_key_alias.value_or(alias_)}};
}

HostConfig Lookup::take() {
  const Tokens known = tokens();
  const auto path = [&](const std::string& text, const Where& where) {
    return expand_home(expand(text, known, true, environment_, where), environment_);
  };
  for (auto& file : found_.identity_files) file = path(file, identity_where_);
  for (auto& file : found_.user_known_hosts) file = path(file, known_where_);
  if (found_.identity_agent && found_.identity_agent->find_first_of("/~%") != std::string::npos)
    found_.identity_agent = path(*found_.identity_agent, agent_where_);
  if (found_.proxy_jump) {
    const Tokens some{{'h', known.at('h')}, {'n', known.at('n')}, {'p', known.at('p')}, {'r', known.at('r')}};
    found_.proxy_jump = expand(*found_.proxy_jump, some, false, environment_, found_.proxy_jump_where);
  }
  found_.hostname = lower_case(hostname());
  return std::move(found_);
}

}  // namespace gpuctl::ssh
