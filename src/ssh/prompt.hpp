#pragma once

#include <optional>
#include <string>

#include "core/secret.hpp"

namespace gpuctl::ssh {

/// Asks the person at the terminal. Called from the thread of the host that needs the answer, also from several at
/// once: an implementation serialises its questions. Time spent here does not count against a connection's deadline.
struct Prompt {
  virtual ~Prompt() = default;
  /// Whether there is anybody to ask. False: the questions below are not put, and the caller's error says what to do.
  virtual bool interactive() const = 0;
  /// A host that no known_hosts file knows: accept the key, and remember it? `host` is as known_hosts would name it,
  /// `fingerprint` is `SHA256:…`, `type` is `ssh-ed25519` and the like.
  virtual bool confirm_host_key(const std::string& host, const std::string& fingerprint, const std::string& type) = 0;
  /// The passphrase of a key file; nothing: skip the key. Asked also where nobody is interactive, so that a value from
  /// the environment can answer.
  virtual std::optional<core::Secret> passphrase(const std::string& key_file) = 0;
  /// The login password; nothing: do not try one. Asked only when the server offers it and no key was accepted.
  virtual std::optional<core::Secret> password(const std::string& user, const std::string& host) = 0;
};

/// Nobody is there: refuses what it is asked.
struct NoPrompt : Prompt {
  bool interactive() const override { return false; }
  bool confirm_host_key(const std::string&, const std::string&, const std::string&) override { return false; }
  std::optional<core::Secret> passphrase(const std::string&) override { return {}; }
  std::optional<core::Secret> password(const std::string&, const std::string&) override { return {}; }
};

}  // namespace gpuctl::ssh
