#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "core/ports.hpp"
#include "core/secret.hpp"
#include "host/link.hpp"

namespace gpuctl::host {

/// How one host is asked.
struct NodeOptions {
  std::string name = "the host";  ///< for messages
  /// Root is needed to read and to act. False: everything as the login user (tests, `facts` without sudo).
  bool become_root = true;
  /// sudo's password; asked at most once, and only when sudo wants one. Empty function or empty secret: there is none.
  std::function<core::Secret()> sudo_password;
  /// Fetches a URL for Download probes: Text, Absent or Failed.
  std::function<core::Answer(const std::string& url)> fetch;
  /// Makes evidence fit to be shown. The password is removed in any case.
  std::function<std::string(std::string)> redact;
  std::chrono::seconds silence{20};  ///< a link that says nothing for so long is lost
  /// How long to try to come back to a running job after a lost link. With the silence before it, no link that is dead
  /// takes longer than half a minute to be an error.
  std::chrono::seconds come_back{8};
  /// Lets time pass between two such attempts; may throw Error{interrupted}. Empty: it just passes.
  std::function<void(std::chrono::milliseconds)> pause;
  std::string job_folder = "/run/gpuctl";  ///< on the host; where jobs live until they are asked for
  std::string sh = "/bin/sh";              ///< the shell on the host
};

/// One host: a shell there that stays open for the whole run. It can only be asked; who may change it takes act_on().
/// Nothing is connected before the first question.
class Node final : public core::Observer {
 public:
  Node(Connector, NodeOptions);
  Node(const Node&) = delete;
  ~Node() override;

  core::Facts gather(std::span<const core::Probe>) override;
  core::Facts wait(std::span<const core::Probe>, const core::Facts& last, core::Deadline) override;

  struct State;

 private:
  friend std::unique_ptr<core::Actor> act_on(Node&);
  std::unique_ptr<State> state_;
};

/// The right to change `node`, which must outlive it. plan and verify never call this.
std::unique_ptr<core::Actor> act_on(Node& node);

}  // namespace gpuctl::host
