#include "ssh/session.hpp"

#include <fmt/core.h>
#include <libssh/server.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <new>

#include "core/error.hpp"
#include "ssh/socket.hpp"

namespace gpuctl::ssh {

namespace {

using core::Deadline;
using core::Error;
using core::ErrorKind;

void set(ssh_session session, ssh_options_e option, const void* value) {
  if (ssh_options_set(session, option, value) < 0)
    throw Error(ErrorKind::failed, fmt::format("libssh refuses an option: {}", ssh_get_error(session)));
}

}  // namespace

Session::Session(const Target& target, Fd socket, const Options& options, std::function<std::string()> broken)
    : target_(target), options_(options), broken_(std::move(broken)), session_(ssh_new()), event_(ssh_event_new()) {
  if (!session_ || !event_) throw std::bad_alloc();
  const int no = 0;
  const bool unread = false;
  set(raw(), SSH_OPTIONS_PROCESS_CONFIG, &unread);
  set(raw(), SSH_OPTIONS_HOST, target.address.c_str());
  set(raw(), SSH_OPTIONS_USER, target.user.c_str());
  set(raw(), SSH_OPTIONS_LOG_VERBOSITY, &no);
  // Host keys are judged here, not by libssh; it would also take its order of key types from these files.
  set(raw(), SSH_OPTIONS_KNOWNHOSTS, "/dev/null");
  set(raw(), SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null");
  set(raw(), SSH_OPTIONS_COMPRESSION, "no");
  // Curve25519 first: it costs the least processor time, and both sides of every OpenSSH since 2014 have it.
  set(raw(), SSH_OPTIONS_KEY_EXCHANGE,
      "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,"
      "diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256");
  const socket_t fd = socket.number();
  set(raw(), SSH_OPTIONS_FD, &fd);
  socket.release();
  ssh_set_blocking(raw(), 0);
  ssh_set_counters(raw(), &traffic_, nullptr);
}

Session::~Session() {
  if (connected()) ssh_disconnect(raw());
  if (event_) ssh_event_remove_session(event_.get(), raw());
}

pollfd Session::interest() const {
  const bool writes = (ssh_get_poll_flags(raw()) & SSH_WRITE_PENDING) != 0;
  return {ssh_get_fd(raw()), static_cast<short>(writes ? POLLIN | POLLOUT : POLLIN), 0};
}

void Session::note_traffic() {
  const auto now = Clock::now();
  if (traffic_.in_bytes != heard_) {
    heard_ = traffic_.in_bytes;
    quiet_since_ = now;
    asked_ = false;
  }
}

bool Session::wait(Deadline deadline) {
  // While nobody waited nobody listened either: that silence was ours.
  if (Clock::now() - last_wait_ > std::chrono::seconds(1)) quiet_since_ = Clock::now();
  note_traffic();
  pollfd socket = interest();
  if (socket.fd < 0) lost();
  // sshd's Nagle holds its next packet until the last is acknowledged, and a late acknowledgement costs 40 ms of each
  // login. Linux forgets the option, so it is said again; on the socket pair of a jump it does nothing.
  const int now = 1;
  setsockopt(socket.fd, IPPROTO_TCP, TCP_QUICKACK, &now, sizeof now);
  const Deadline until = logged_in_ ? std::min(deadline, next_beat()) : deadline;
  const bool ready = wait_for({&socket, 1}, until, options_.stop_fd);
  last_wait_ = Clock::now();
  if (!ready && logged_in_) beat();
  return ready || Clock::now() < deadline;
}

void Session::step() {
  if (ssh_event_add_session(event_.get(), raw()) == SSH_OK) ssh_event_dopoll(event_.get(), 0);
}

Deadline Session::next_beat() const {
  return quiet_since_ + (asked_ ? options_.silence : options_.silence / 4);
}

void Session::beat() {
  note_traffic();
  if (Clock::now() < next_beat()) return;
  if (asked_)
    throw Error(ErrorKind::unreachable,
                fmt::format("nothing was heard from {} for {} s", target_.alias, options_.silence.count() / 1000), {},
                "the link is lost; what runs there goes on, and the next run finds its outcome");
  asked_ = true;
  send_keepalive();
}

void Session::send_keepalive() {
  // libssh first waits for the answer to the last one: the first call then only takes that answer.
  const auto sent = traffic_.out_bytes;
  for (int call = 0; call < 2 && traffic_.out_bytes == sent; ++call) ssh_send_keepalive(raw());
}

std::string Session::reason() const {
  std::string text = ssh_get_error(raw());
  const std::string_view socket = "Socket error: ", farewell = "Received SSH_MSG_DISCONNECT: ";
  if (text.starts_with(socket)) text.erase(0, socket.size());
  // `2:Too many authentication failures`: a number for machines, then the words.
  if (text.starts_with(farewell)) text.erase(0, text.find(':', farewell.size()) + 1);
  return text;
}

void Session::lost() const {
  const std::string known = broken_ ? broken_() : std::string();
  if (!known.empty())
    throw Error(ErrorKind::unreachable, known, {}, "look at the jump host: can it reach that address?");
  const char* restarted = "was the machine or its sshd restarted?";
  const char* early = "is that an SSH server? If so, its log says why it hung up";
  const std::string why = reason();
  // An end is an end: whether it came as a FIN or as a reset depends on what was under way.
  if (why.empty() || why == "disconnected" || why == std::strerror(ECONNRESET) || why == std::strerror(EPIPE))
    throw Error(ErrorKind::unreachable, fmt::format("{} closed the connection", target_.alias), {},
                logged_in_ ? restarted : early);
  throw Error(ErrorKind::unreachable, fmt::format("the connection to {} broke: {}", target_.alias, why), {},
              logged_in_ ? restarted : early);
}

}  // namespace gpuctl::ssh
