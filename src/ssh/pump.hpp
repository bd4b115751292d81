#pragma once

#include <poll.h>

#include <memory>
#include <string>

#include "ssh/jump.hpp"

namespace gpuctl::ssh {

/// Moves bytes between one local socket and one direct-tcpip channel. Used by the jump host's thread only.
class Pump {
 public:
  /// `who` names the host in errors and outlives this.
  Pump(Session&, const std::string& who, std::string address, int port, Fd far, std::shared_ptr<Told>);

  /// Does all that can be done without waiting. False: it has ended.
  bool turn();
  /// What to poll the local socket for; its fd is -1 when nothing is wanted.
  pollfd interest() const;
  void told(const std::string& why) { told_->set(why); }

 private:
  bool open();
  std::string refusal() const;
  bool from_channel();
  bool to_channel();
  bool flush();

  Session& session_;
  const std::string& who_;
  std::string address_;
  int port_;
  Fd far_;
  std::shared_ptr<Told> told_;
  ChannelHandle channel_;
  bool opened_ = false;
  bool local_ended_ = false;
  bool remote_ended_ = false;
  std::string outgoing_;  // from the channel, not yet taken by the socket
};

}  // namespace gpuctl::ssh
