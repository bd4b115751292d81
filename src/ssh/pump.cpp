#include "ssh/pump.hpp"

#include <fmt/core.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace gpuctl::ssh {

namespace {

constexpr std::size_t piece = 32'768;

/// libssh: `Channel opening failure: channel 43 error (2) Connection refused`.
std::string reason_alone(const std::string& text) {
  const auto at = text.find("error (");
  const auto end = text.find(") ", at);
  return at == std::string::npos || end == std::string::npos ? text : text.substr(end + 2);
}

}  // namespace

Pump::Pump(Session& session, const std::string& who, std::string address, int port, Fd far, std::shared_ptr<Told> told)
    : session_(session),
      who_(who),
      address_(std::move(address)),
      port_(port),
      far_(std::move(far)),
      told_(std::move(told)),
      channel_(ssh_channel_new(session.raw())) {}

bool Pump::open() {
  if (!channel_) return false;
  // RFC 4254, 7.2: where the connection came from is for the server's log only.
  const int rc = ssh_channel_open_forward(channel_.get(), address_.c_str(), port_, "127.0.0.1", 0);
  if (rc == SSH_AGAIN) return true;
  opened_ = rc == SSH_OK;
  if (!opened_) told_->set(refusal());
  return opened_;
}

std::string Pump::refusal() const {
  const std::string said = session_.reason();
  // RFC 4254, 5.1: 1 is SSH_OPEN_ADMINISTRATIVELY_PROHIBITED.
  if (said.find("error (1)") != std::string::npos)
    return fmt::format("{} forwards nothing to {} port {}: its sshd does not allow it (AllowTcpForwarding, PermitOpen)",
                       who_, address_, port_);
  return fmt::format("{} cannot reach {} port {}: {}", who_, address_, port_, reason_alone(said));
}

bool Pump::turn() {
  if (!opened_ && !open()) return false;
  if (!opened_) return true;
  return from_channel() && to_channel();
}

bool Pump::flush() {
  while (!outgoing_.empty()) {
    const ssize_t n = send(far_.number(), outgoing_.data(), outgoing_.size(), MSG_NOSIGNAL);
    if (n < 0) return errno == EAGAIN || errno == EINTR;
    outgoing_.erase(0, static_cast<std::size_t>(n));
  }
  return true;
}

bool Pump::from_channel() {
  char bytes[piece];
  // A full socket stops the reading, and the channel's window then stops the far side.
  while (flush() && outgoing_.empty() && !remote_ended_) {
    const int n = ssh_channel_read_nonblocking(channel_.get(), bytes, sizeof bytes, 0);
    if (n > 0) {
      outgoing_.assign(bytes, static_cast<std::size_t>(n));
      continue;
    }
    remote_ended_ = n < 0 || ssh_channel_is_closed(channel_.get()) != 0;
    break;
  }
  return flush() && !(remote_ended_ && outgoing_.empty());
}

bool Pump::to_channel() {
  char bytes[piece];
  while (!local_ended_) {
    const std::size_t room = std::min<std::size_t>(ssh_channel_window_size(channel_.get()), sizeof bytes);
    if (room == 0) return true;
    const ssize_t n = recv(far_.number(), bytes, room, 0);
    if (n < 0) return errno == EAGAIN || errno == EINTR;
    if (n == 0) return false;
    if (ssh_channel_write(channel_.get(), bytes, static_cast<std::uint32_t>(n)) != n) return false;
  }
  return true;
}

pollfd Pump::interest() const {
  short events = 0;
  if (!outgoing_.empty()) events |= POLLOUT;
  if (opened_ && ssh_channel_window_size(channel_.get()) > 0) events |= POLLIN;
  return {events != 0 ? far_.number() : -1, events, 0};
}

}  // namespace gpuctl::ssh
