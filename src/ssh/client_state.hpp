#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "ssh/client.hpp"
#include "ssh/jump.hpp"
#include "ssh/keys.hpp"
#include "ssh/login.hpp"

namespace gpuctl::ssh {

struct ClientState {
  ClientState(Prompt& prompt, Options options) : prompt(prompt), options(options), keys(prompt) {}

  Prompt& prompt;
  Options options;
  Keys keys;
  std::atomic<int> connections = 0, execs = 0, forwards = 0;

  /// A session to `target`, through `jump` where there is one.
  std::unique_ptr<Session> open(const Target& target, const std::shared_ptr<Jump>& jump);
  /// The connection to the first `hops` jump hosts of `target`, made when it is first wanted; nullptr for none.
  std::shared_ptr<Jump> jump(const Target& target, std::size_t hops);
  /// A connection to `target` that carries forwards, made when it is first wanted.
  std::shared_ptr<Jump> relay(const Target& target);

 private:
  /// One jump host. Its mutex is held while it is connected to, so that a second host behind it waits.
  struct Hop {
    std::mutex mutex;
    std::shared_ptr<Jump> jump;
  };
  std::shared_ptr<Hop> hop(const std::string& way);

  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Hop>> hops_;
};

}  // namespace gpuctl::ssh
