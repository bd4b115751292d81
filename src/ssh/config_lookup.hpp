#pragma once

#include <string>
#include <vector>

#include "ssh/config.hpp"
#include "ssh/tokens.hpp"

namespace gpuctl::ssh {

/// Walks the directives for one host and keeps the first value of each.
class Lookup {
 public:
  Lookup(std::string alias, const std::string& user, const Environment&, std::string address);

  void read(const std::vector<Directive>&);
  /// `Match final` was seen: the files are to be read once more, after begin_final().
  bool wants_final() const { return wants_final_ && !final_; }
  void begin_final() { final_ = true; }
  /// The values, tokens expanded.
  HostConfig take();

 private:
  void read(const std::vector<Directive>&, bool active);
  bool host_applies(const Directive&) const;
  bool match_applies(const Directive&);
  bool condition(const std::string& name, const std::string& value, const core::Where&);
  void apply(const Directive&);
  bool apply_login(const Directive&);
  bool apply_way(const Directive&);
  void apply_trust(const Directive&);
  std::string hostname() const;
  Tokens tokens() const;

  std::string alias_;
  std::string address_;  // empty: HostName decides
  const Environment& environment_;
  HostConfig found_;
  std::optional<std::string> hostname_;  // as written
  core::Where identity_where_, known_where_, agent_where_, hostname_where_;
  bool jump_decided_ = false;  // ProxyJump or ProxyCommand, whichever came first
  bool canonical_decided_ = false, revoked_decided_ = false;
  bool wants_final_ = false;
  bool final_ = false;
};

}  // namespace gpuctl::ssh
