#include "cli/terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>

#include "core/error.hpp"

namespace gpuctl::cli {

namespace {

/// No echo for as long as this lives.
class Hidden {
 public:
  Hidden(int fd, bool hide) : fd_(fd), hide_(hide && ::tcgetattr(fd, &before_) == 0) {
    if (!hide_) return;
    auto silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    silent.c_lflag |= ECHONL;
    ::tcsetattr(fd_, TCSAFLUSH, &silent);
  }
  ~Hidden() {
    if (hide_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
  }
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;

 private:
  int fd_;
  termios before_{};
  bool hide_;
};

void write_all(int fd, const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto written = ::write(fd, text.data() + at, text.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    at += static_cast<std::size_t>(written);
  }
}

/// One byte; nothing at the end. A background process that reads its terminal is stopped by the system, which is right.
std::optional<char> next_byte(int fd, int stop_fd) {
  for (;;) {
    pollfd ready[2] = {{fd, POLLIN, 0}, {stop_fd, POLLIN, 0}};
    if (::poll(ready, stop_fd < 0 ? 1 : 2, -1) < 0) {
      if (errno == EINTR) continue;
      return {};
    }
    if (stop_fd >= 0 && ready[1].revents != 0)
      throw core::Error(core::ErrorKind::interrupted, "interrupted at a question");
    char byte = 0;
    const auto got = ::read(fd, &byte, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return {};
    return byte;
  }
}

}  // namespace

Terminal::Terminal(int stop_fd) : stop_fd_(stop_fd) {
  if (::isatty(STDIN_FILENO) == 0 && ::isatty(STDERR_FILENO) == 0) return;
  fd_ = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  present_ = fd_ >= 0;
}

Terminal::~Terminal() {
  if (fd_ >= 0) ::close(fd_);
}

std::optional<std::string> Terminal::line(const std::string& question, bool echo) {
  if (!present_) return {};
  const std::lock_guard lock(mutex_);
  if (before_question) before_question();
  const Hidden hidden(fd_, !echo);
  write_all(fd_, question);
  std::string out;
  for (;;) {
    const auto byte = next_byte(fd_, stop_fd_);
    if (!byte && out.empty()) return {};
    if (!byte || *byte == '\n') return out;
    out += *byte;
  }
}

std::optional<std::string> Terminal::ask(const std::string& question) {
  return line(question, true);
}

std::optional<core::Secret> Terminal::ask_secret(const std::string& question) {
  auto text = line(question, false);
  if (!text) return {};
  return core::Secret(std::move(*text));
}

std::optional<bool> Terminal::confirm(const std::string& question) {
  if (!present_) return {};
  const auto answer = ask(question + " [y/N] ");
  return answer && (*answer == "y" || *answer == "Y" || *answer == "yes");
}

}  // namespace gpuctl::cli
