#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace gpuctl::ssh {

/// What of the process's surroundings matters here; main fills it in.
struct Environment {
  std::string home;
  std::string user;                                         ///< the local user
  std::string agent;                                        ///< SSH_AUTH_SOCK; empty: none
  std::string hostname;                                     ///< the local host's, for %l and %L
  unsigned uid = 0;                                         ///< the local user's number, for %i
  std::function<std::string(const std::string&)> variable;  ///< an environment variable, for `${NAME}`; may be empty
};

/// What a config file says for one host. Tokens are expanded. Nothing: not said.
struct HostConfig {
  std::string hostname;  ///< to connect to; the alias where nothing else is said
  std::optional<std::string> user;
  std::optional<int> port;
  std::vector<std::string> identity_files;
  std::optional<bool> identities_only;
  std::optional<std::string> identity_agent;  ///< a path, `none` or `SSH_AUTH_SOCK`
  std::optional<std::string> proxy_jump;      ///< as written, or `none`
  core::Where proxy_jump_where;
  std::optional<std::string> host_key_alias;
  std::vector<std::string> user_known_hosts;
  std::vector<std::string> global_known_hosts;
  std::optional<std::string> strict;   ///< yes, no, ask, accept-new, as written
  std::optional<int> connect_timeout;  ///< seconds
};

/// A parsed directive, in the order of the files, Includes in place.
struct Directive {
  std::string keyword;             ///< lower case
  std::vector<std::string> words;  ///< quotes removed
  core::Where where;
  std::vector<Directive> included;  ///< of Include: what the files hold
};

/// ~/.ssh/config and /etc/ssh/ssh_config, read by the rules of ssh_config(5): the first value wins, IdentityFile adds
/// up.
class Config {
 public:
  /// No files: OpenSSH's defaults.
  Config() = default;

  /// Reads both files with their Includes; an absent file is fine. Throws Error{invalid} at file:line for what OpenSSH
  /// would refuse as well.
  static Config load(const Environment&, const std::string& system_file = "/etc/ssh/ssh_config");
  /// One text, as a user's file called `name`; Includes are read relative to ~/.ssh.
  static Config parse(const std::string& text, const std::string& name, const Environment&);

  /// What applies to `alias`. `user` is a login user already decided (empty: none), as `ssh -l` would have it. Throws
  /// Error{invalid} at file:line for ProxyCommand, Match exec and other conditions that cannot be honoured, where they
  /// apply.
  /// `address` is where the caller connects to already (empty: not decided): it stands for HostName, and a Host pattern
  /// may name it as well as the alias.
  HostConfig lookup(const std::string& alias, const std::string& user, const Environment&,
                    const std::string& address = {}) const;

 private:
  std::vector<Directive> user_file_;
  std::vector<Directive> system_file_;
};

}  // namespace gpuctl::ssh
