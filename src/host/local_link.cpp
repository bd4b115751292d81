#include "host/local_link.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/error.hpp"

namespace gpuctl::host {

namespace {

[[noreturn]] void lost(const std::string& what) {
  throw core::Error(core::ErrorKind::unreachable, what + ": " + std::strerror(errno));
}

int milliseconds_until(core::Deadline deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
  return left < 0 ? 0 : left > 3'600'000 ? 3'600'000 : static_cast<int>(left);
}

class LocalLink final : public Link {
 public:
  explicit LocalLink(int fd) : fd_(fd) {}
  ~LocalLink() override { hang_up(); }

  void send(std::string_view bytes, core::Deadline deadline) override {
    while (!bytes.empty()) {
      if (!ready(POLLOUT, deadline))
        throw core::Error(core::ErrorKind::unreachable, "the local shell takes no more input");
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent >= 0)
        bytes.remove_prefix(static_cast<std::size_t>(sent));
      else if (errno != EAGAIN && errno != EINTR)
        lost("the local shell does not read");
    }
  }

  Received receive(core::Deadline deadline) override {
    if (!ready(POLLIN, deadline)) return {};
    char buffer[16384];
    const ssize_t got = ::recv(fd_, buffer, sizeof buffer, MSG_DONTWAIT);
    if (got > 0) return {std::string(buffer, static_cast<std::size_t>(got)), false};
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return {};
    return {{}, true};
  }

  void close_input() override {
    if (fd_ >= 0) ::shutdown(fd_, SHUT_WR);
  }

  void kill() override { hang_up(); }

 private:
  bool ready(short events, core::Deadline deadline) {
    if (fd_ < 0) throw core::Error(core::ErrorKind::unreachable, "the local shell was left");
    pollfd entry{fd_, events, 0};
    const int count = ::poll(&entry, 1, milliseconds_until(deadline));
    if (count < 0 && errno != EINTR) lost("poll");
    return count > 0;
  }

  /// As sshd does: the pipe closes, the processes are left to themselves.
  void hang_up() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

  int fd_;
};

[[noreturn]] void become(const std::vector<std::string>& shell, const std::string& command, int fd) {
  std::vector<char*> argv;
  for (const auto& word : shell) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(const_cast<char*>("-c"));
  argv.push_back(const_cast<char*>(command.c_str()));
  argv.push_back(nullptr);
  ::dup2(fd, 0);
  ::dup2(fd, 1);
  ::dup2(::open("/dev/null", O_WRONLY | O_CLOEXEC), 2);
  ::setsid();
  ::signal(SIGPIPE, SIG_DFL);
  // Two forks: the shell is nobody's child here, so a link can end without waiting for it.
  if (::fork() != 0) ::_exit(0);
  ::execvp(argv[0], argv.data());
  ::_exit(127);
}

}  // namespace

std::unique_ptr<Link> local_link(const std::vector<std::string>& shell, const std::string& command) {
  int pair[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) lost("socketpair");
  const pid_t child = ::fork();
  if (child < 0) lost("fork");
  if (child == 0) become(shell, command, pair[1]);
  ::close(pair[1]);
  ::waitpid(child, nullptr, 0);
  return std::make_unique<LocalLink>(pair[0]);
}

Connector local_connector(std::vector<std::string> shell) {
  return [shell = std::move(shell)](const std::string& command) { return local_link(shell, command); };
}

}  // namespace gpuctl::host
