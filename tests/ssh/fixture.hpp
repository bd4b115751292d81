#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <string>

#include "core/error.hpp"
#include "ssh/client.hpp"
#include "support/sshd.hpp"

namespace gpuctl::ssh {

/// A target that may log in on `server` with its user key, and trusts its host key.
inline Target target_of(const Sshd& server) {
  Target target;
  target.alias = "node";
  target.address = "127.0.0.1";
  target.port = server.port();
  target.user = this_user();
  target.identities = {server.user_key()};
  target.known_hosts = {server.known_hosts()};
  return target;
}

inline core::Deadline in_seconds(int seconds) {
  return std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
}

/// Everything the command writes.
inline std::string read_all(Stream& stream, int seconds = 10) {
  std::string text;
  char bytes[8192];
  const auto deadline = in_seconds(seconds);
  while (const auto n = stream.receive(bytes, deadline)) {
    if (*n == 0) return text;
    text.append(bytes, *n);
  }
  FAIL("no end of output before the deadline, so far: " << text);
  return text;
}

/// The error that `call` throws.
inline core::Error error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const core::Error& error) {
    return error;
  }
  FAIL("nothing was thrown");
  return core::Error(core::ErrorKind::failed, "");
}

/// Answers as told, and counts.
struct Answers : Prompt {
  bool present = true;
  bool yes = true;
  std::string secret;
  std::string login;
  int confirmed = 0, passphrases = 0, passwords = 0;
  std::string host, fingerprint, type;

  bool interactive() const override { return present; }
  bool confirm_host_key(const std::string& h, const std::string& f, const std::string& t) override {
    ++confirmed;
    host = h, fingerprint = f, type = t;
    return yes;
  }
  std::optional<core::Secret> passphrase(const std::string&) override {
    ++passphrases;
    if (secret.empty()) return {};
    return core::Secret(secret);
  }
  std::optional<core::Secret> password(const std::string&, const std::string&) override {
    ++passwords;
    if (login.empty()) return {};
    return core::Secret(login);
  }
};

}  // namespace gpuctl::ssh
