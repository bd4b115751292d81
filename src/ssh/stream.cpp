#include <fmt/core.h>

#include <algorithm>
#include <cstring>

#include "core/error.hpp"
#include "ssh/stream_state.hpp"

namespace gpuctl::ssh {

using core::Deadline;
using core::Error;
using core::ErrorKind;

namespace {

constexpr std::size_t most_errors = 65'536;
constexpr std::size_t most_early = 4'194'304;
constexpr std::size_t piece = 32'768;

}  // namespace

void Stream::State::finish_exec() {
  if (!exec_pending) return;
  const int rc = ssh_channel_request_exec(channel.get(), command.c_str());
  if (rc == SSH_AGAIN) return;
  exec_pending = false;
  if (rc == SSH_OK) return;
  if (!session->connected()) session->lost();
  refuse();
}

void Stream::State::refuse() const {
  throw Error(ErrorKind::unreachable,
              fmt::format("{} lets {} in, but runs no command", session->target().alias, session->target().user), {},
              "is the account restricted (a forced command, sftp only, no shell)?");
}

void Stream::State::take_errors() {
  char bytes[4096];
  while (true) {
    // What is beyond the bound is read as well: unread, it would fill the channel's window.
    const int n = ssh_channel_read_nonblocking(channel.get(), bytes, sizeof bytes, 1);
    if (n <= 0) return;
    const auto room = most_errors - std::min(most_errors, errors.size());
    errors.append(bytes, std::min(room, static_cast<std::size_t>(n)));
  }
}

std::optional<std::size_t> Stream::State::take_output(std::span<char> buffer) {
  if (!early.empty()) {
    const std::size_t n = std::min(early.size(), buffer.size());
    std::memcpy(buffer.data(), early.data(), n);
    early.erase(0, n);
    return n;
  }
  const int n =
      ssh_channel_read_nonblocking(channel.get(), buffer.data(), static_cast<std::uint32_t>(buffer.size()), 0);
  if (n > 0) return static_cast<std::size_t>(n);
  if (n == SSH_EOF) ended = true;
  if (ended) return 0;
  // libssh calls a channel closed as well when its whole session broke.
  if (!session->connected()) session->lost();
  if (ssh_channel_is_closed(channel.get())) return 0;
  return {};
}

void Stream::State::take_early() {
  // Both sides would wait for each other if the command's output stayed unread while its input is full.
  char bytes[piece];
  while (early.size() < most_early) {
    const int n = ssh_channel_read_nonblocking(channel.get(), bytes, sizeof bytes, 0);
    if (n <= 0) break;
    early.append(bytes, static_cast<std::size_t>(n));
  }
  take_errors();
}

Stream::Stream(std::unique_ptr<State> state) : state_(std::move(state)) {}
Stream::Stream(Stream&&) noexcept = default;
Stream& Stream::operator=(Stream&&) noexcept = default;
Stream::~Stream() = default;

void Stream::send(std::string_view bytes, Deadline deadline) {
  State& s = *state_;
  while (!bytes.empty()) {
    if (!s.session->connected()) s.session->lost();
    if (ssh_channel_is_closed(s.channel.get()) || ssh_channel_is_eof(s.channel.get())) return;
    const auto some = static_cast<std::uint32_t>(std::min(bytes.size(), piece));
    const int n = ssh_channel_write(s.channel.get(), bytes.data(), some);
    if (n < 0 && s.session->connected() && ssh_channel_is_closed(s.channel.get())) return;
    if (n < 0) s.session->lost();
    bytes.remove_prefix(static_cast<std::size_t>(n));
    if (n > 0) continue;
    s.finish_exec();
    s.take_early();
    if (ssh_channel_window_size(s.channel.get()) == 0 && !s.session->wait(deadline))
      throw Error(ErrorKind::unreachable, fmt::format("{} takes no more input", s.session->target().alias), {},
                  "the command there hangs, or the link does");
  }
  ssh_blocking_flush(s.session->raw(), 0);
}

void Stream::close_input() {
  ssh_channel_send_eof(state_->channel.get());
  ssh_blocking_flush(state_->session->raw(), 0);
}

std::optional<std::size_t> Stream::receive(std::span<char> buffer, Deadline deadline) {
  State& s = *state_;
  if (buffer.empty()) return {};
  while (true) {
    s.finish_exec();
    s.take_errors();
    if (const auto taken = s.take_output(buffer)) return taken;
    if (!s.session->wait(deadline)) return {};
  }
}

std::optional<int> Stream::exit_status(Deadline deadline) {
  State& s = *state_;
  while (true) {
    // Non-blocking: what has come is looked at, nothing is waited for.
    const int status = ssh_channel_get_exit_status(s.channel.get());
    if (status >= 0) return status;
    if (!s.session->connected()) s.session->lost();
    if (ssh_channel_is_closed(s.channel.get())) return {};
    if (!s.session->wait(deadline)) return {};
    s.session->step();
  }
}

const std::string& Stream::errors() const {
  if (state_->session->connected()) state_->take_errors();
  return state_->errors;
}

}  // namespace gpuctl::ssh
