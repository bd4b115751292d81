#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "support/temp_folder.hpp"

/// A real OpenSSH server on a free port of 127.0.0.1, run as the user who runs the test, with keys of its own. Ends
/// with the object.
class Sshd {
 public:
  /// `settings` are lines of sshd_config that come first (the first value wins); `types` are its host keys; `wrapper`
  /// is put before its command line and must end in exec.
  explicit Sshd(const std::vector<std::string>& settings = {}, std::vector<std::string> types = {"ed25519", "ecdsa"},
                std::vector<std::string> wrapper = {});
  ~Sshd();
  Sshd(const Sshd&) = delete;
  Sshd& operator=(const Sshd&) = delete;

  int port() const { return port_; }
  pid_t pid() const { return pid_; }
  /// A file in its folder.
  std::string at(const std::string& name) const { return folder_.at(name); }
  const TempFolder& folder() const { return folder_; }

  /// The private key that may log in, without a passphrase.
  std::string user_key() const { return at("user_key"); }
  /// `type base64` of a host key.
  std::string host_key(const std::string& type = "ed25519") const;
  /// `SHA256:…` of it.
  std::string host_fingerprint(const std::string& type = "ed25519") const;
  /// A known_hosts file that knows it by `[127.0.0.1]:port`; its path.
  std::string known_hosts() const;

  /// What it has said so far (`LogLevel VERBOSE`).
  std::string log() const;
  /// Waits until its log holds `text`; false after `seconds`.
  bool logged(const std::string& text, int seconds = 10) const;
  /// How often its log holds `text`.
  int count(const std::string& text) const;
  /// Lets it and its children stand still: a black hole that has taken the connection.
  void freeze();
  void thaw();
  /// Ends its connections, not itself.
  void drop_connections();
  void stop();

 private:
  void start();

  TempFolder folder_;
  std::vector<std::string> types_;
  std::vector<std::string> wrapper_;
  int port_ = 0;
  pid_t pid_ = -1;
};

/// Runs a command without a shell; its standard output. Throws when it fails.
std::string run(const std::vector<std::string>& argv);
/// Makes a key pair with ssh-keygen at `path`.
void make_key(const std::string& path, const std::string& type = "ed25519", const std::string& passphrase = "");
/// A port of 127.0.0.1 where nobody listens.
int free_port();
/// The name of the user who runs the test.
std::string this_user();
std::string slurp(const std::string& path);

/// A real ssh-agent with a socket of its own. Ends with the object.
class Agent {
 public:
  Agent();
  ~Agent();
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;
  const std::string& socket() const { return socket_; }
  pid_t pid() const { return pid_; }
  void add(const std::string& key) const;

 private:
  TempFolder folder_;
  std::string socket_;
  pid_t pid_ = -1;
};
