#include "ssh/login.hpp"

#include <fmt/core.h>

#include "core/error.hpp"
#include "ssh/auth.hpp"
#include "ssh/host_check.hpp"
#include "ssh/socket.hpp"

namespace gpuctl::ssh {

namespace {

using core::Deadline;
using core::Error;
using core::ErrorKind;

std::string seconds(std::chrono::milliseconds time) {
  return fmt::format("{} s", (time.count() + 999) / 1000);
}

void exchange_keys(Session& session, Deadline deadline) {
  const int rc = session.until_done(SSH_AGAIN, deadline, [&] {
    const int answer = ssh_connect(session.raw());
    // libssh makes the socket block once it is connected; then a full send buffer would hold us beyond any deadline.
    if (const int fd = ssh_get_fd(session.raw()); fd >= 0) set_non_blocking(fd);
    return answer;
  });
  if (rc == SSH_OK) return;
  const Target& target = session.target();
  if (rc == SSH_AGAIN)
    throw Error(ErrorKind::unreachable,
                fmt::format("{} port {} took the connection, but did not speak SSH within {}", target.address,
                            target.port, seconds(session.options().login)),
                {}, "is that an SSH server, and is the machine overloaded?");
  session.lost();
}

PublicKey shown_key(const Session& session) {
  ssh_key key = nullptr;
  if (ssh_get_server_publickey(session.raw(), &key) != SSH_OK) session.lost();
  const KeyHandle handle(key);
  return public_key(key);
}

}  // namespace

std::unique_ptr<Session> log_in(const Target& target, const std::function<Way()>& way, Keys& keys, Prompt& prompt,
                                const Options& options) {
  HostCheck check(target, prompt);
  while (true) {
    Way taken = way();
    Deadline deadline = Clock::now() + options.login;
    auto session = std::make_unique<Session>(target, std::move(taken.socket), options, std::move(taken.broken));
    if (ssh_options_set(session->raw(), SSH_OPTIONS_HOSTKEYS, check.order().c_str()) < 0) session->lost();
    exchange_keys(*session, deadline);
    const auto asked = Clock::now();
    if (!check.accept(shown_key(*session))) continue;
    deadline += Clock::now() - asked;
    authenticate(*session, keys, prompt, deadline);
    session->logged_in();
    return session;
  }
}

}  // namespace gpuctl::ssh
