#include "ssh/connection.hpp"

#include <fmt/core.h>

#include <new>

#include "core/error.hpp"
#include "ssh/client_state.hpp"
#include "ssh/session.hpp"
#include "ssh/stream_state.hpp"

namespace gpuctl::ssh {

using core::Error;
using core::ErrorKind;

Connection::Connection(std::shared_ptr<ClientState> client, std::shared_ptr<Session> session)
    : client_(std::move(client)), session_(std::move(session)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

const Target& Connection::target() const {
  return session_->target();
}

Stream Connection::exec(const std::string& command) {
  auto state = std::make_unique<Stream::State>();
  state->session = session_;
  state->command = command;
  state->channel.reset(ssh_channel_new(session_->raw()));
  if (!state->channel) session_->lost();
  ++client_->execs;
  ssh_channel channel = state->channel.get();
  const int rc = session_->until_done(SSH_AGAIN, Clock::now() + session_->options().login,
                                      [&] { return ssh_channel_open_session(channel); });
  if (rc != SSH_OK) {
    if (!session_->connected()) session_->lost();
    throw Error(ErrorKind::unreachable,
                fmt::format("{} opens no channel for a command: {}", target().alias,
                            rc == SSH_AGAIN ? "no answer" : session_->reason()),
                {}, "look at MaxSessions in its sshd_config");
  }
  // The answer is taken later: what is sent next travels with the request.
  const int asked = ssh_channel_request_exec(channel, command.c_str());
  if (asked == SSH_ERROR && !session_->connected()) session_->lost();
  if (asked == SSH_ERROR) state->refuse();
  state->exec_pending = asked == SSH_AGAIN;
  return Stream(std::move(state));
}

}  // namespace gpuctl::ssh
