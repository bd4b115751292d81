#include "ssh/socket.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/eventfd.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>
#include <thread>

#include "core/error.hpp"
#include "ssh/wait.hpp"

namespace gpuctl::ssh {

namespace {

using core::Deadline;
using core::Error;
using core::ErrorKind;
using std::chrono::milliseconds;

constexpr milliseconds head_start{250};  // RFC 8305, Connection Attempt Delay

struct Lookup {
  Fd done{eventfd(0, EFD_CLOEXEC)};
  int error = 0;
  std::vector<Address> found;
};

void look_up(Lookup& lookup, const std::string& name, int port, int flags) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_NUMERICSERV | flags;
  addrinfo* list = nullptr;
  lookup.error = getaddrinfo(name.c_str(), std::to_string(port).c_str(), &wanted, &list);
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> freed(list, [](addrinfo* l) {
    if (l != nullptr) freeaddrinfo(l);
  });
  for (const addrinfo* each = list; each != nullptr; each = each->ai_next) {
    Address address;
    std::memcpy(&address.bytes, each->ai_addr, each->ai_addrlen);
    address.size = each->ai_addrlen;
    address.family = each->ai_family;
    lookup.found.push_back(address);
  }
}

std::vector<Address> result(const Lookup& lookup, const std::string& name) {
  if (lookup.error == 0 && !lookup.found.empty()) return lookup.found;
  if (lookup.error == EAI_AGAIN)
    throw Error(ErrorKind::unreachable, fmt::format("the name servers do not answer for '{}'", name), {},
                "is the network up? an address in numbers needs no name server");
  throw Error(ErrorKind::unreachable, fmt::format("no address is known for '{}'", name), {},
              "look at `address` in the playbook, or HostName in ~/.ssh/config");
}

void set_options(int fd, milliseconds silence) {
  const auto set = [fd](int level, int name, int value) { setsockopt(fd, level, name, &value, sizeof value); };
  const int seconds = std::max(1, static_cast<int>(silence.count() / 1000));
  set(IPPROTO_TCP, TCP_NODELAY, 1);
  set(IPPROTO_TCP, TCP_USER_TIMEOUT, static_cast<int>(silence.count()));
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
  set(IPPROTO_TCP, TCP_KEEPIDLE, std::max(1, seconds / 2));
  set(IPPROTO_TCP, TCP_KEEPINTVL, std::max(1, seconds / 4));
  set(IPPROTO_TCP, TCP_KEEPCNT, 2);
}

/// Several connection attempts, side by side.
class Race {
 public:
  Race(std::string name, int port, milliseconds timeout, milliseconds silence, int stop_fd)
      : name_(std::move(name)), port_(port), timeout_(timeout), silence_(silence), stop_fd_(stop_fd) {}

  Fd run(const std::vector<Address>& addresses, Deadline deadline) {
    std::size_t next = 0;
    Deadline start = Clock::now();
    while (true) {
      if (next < addresses.size() && (running_.empty() || Clock::now() >= start)) {
        begin(addresses[next++]);
        start = Clock::now() + head_start;
      }
      if (running_.empty() && next == addresses.size()) fail();
      if (running_.empty()) continue;
      std::vector<pollfd> fds;
      fds.reserve(running_.size());
      for (const auto& fd : running_) fds.push_back({fd.number(), POLLOUT, 0});
      const Deadline until = next < addresses.size() ? std::min(start, deadline) : deadline;
      if (!wait_for(fds, until, stop_fd_) && Clock::now() >= deadline) fail();
      if (Fd winner = finish(fds)) return winner;
    }
  }

 private:
  void begin(const Address& address) {
    Fd fd(socket(address.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd) return note(errno);
    set_options(fd.number(), silence_);
    const int rc = connect(fd.number(), reinterpret_cast<const sockaddr*>(&address.bytes), address.size);
    if (rc != 0 && errno != EINPROGRESS) return note(errno);
    running_.push_back(std::move(fd));
  }

  Fd finish(const std::vector<pollfd>& fds) {
    for (std::size_t at = fds.size(); at-- > 0;) {
      if (fds[at].revents == 0) continue;
      int error = 0;
      socklen_t size = sizeof error;
      getsockopt(fds[at].fd, SOL_SOCKET, SO_ERROR, &error, &size);
      if (error == 0) return std::move(running_[at]);
      note(error);
      running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return Fd();
  }

  /// A refusal says more than a missing route, and that more than silence.
  void note(int error) {
    const auto weight = [](int e) { return e == ECONNREFUSED ? 2 : e == 0 || e == ETIMEDOUT ? 0 : 1; };
    if (weight(error) > weight(error_)) error_ = error;
  }

  [[noreturn]] void fail() const {
    const std::string where = fmt::format("{} port {}", name_, port_);
    if (error_ == ECONNREFUSED)
      throw Error(ErrorKind::unreachable, fmt::format("{} refuses connections", where), {},
                  "does sshd run there, and is this its port?");
    if (error_ == 0)
      throw Error(ErrorKind::unreachable,
                  fmt::format("no answer from {} within {} s", where, (timeout_.count() + 999) / 1000), {},
                  "is the machine up, and is this its address? a firewall that drops packets looks the same");
    throw Error(ErrorKind::unreachable, fmt::format("{} cannot be reached: {}", where, std::strerror(error_)), {},
                "look at the address and at the routes of this machine");
  }

  std::string name_;
  int port_;
  milliseconds timeout_, silence_;
  int stop_fd_;
  std::vector<Fd> running_;
  int error_ = 0;
};

}  // namespace

std::vector<Address> addresses_of(const std::string& name, int port, Deadline deadline, int stop_fd) {
  Lookup numeric;
  look_up(numeric, name, port, AI_NUMERICHOST);
  if (numeric.error == 0) return numeric.found;
  // getaddrinfo(3) has no deadline of its own; a thread that is left behind ends with the resolver's.
  auto lookup = std::make_shared<Lookup>();
  std::thread([lookup, name, port] {
    look_up(*lookup, name, port, AI_ADDRCONFIG);
    eventfd_write(lookup->done.number(), 1);
  }).detach();
  pollfd done{lookup->done.number(), POLLIN, 0};
  if (!wait_for({&done, 1}, deadline, stop_fd))
    throw Error(ErrorKind::unreachable, fmt::format("the name servers do not answer for '{}'", name), {},
                "is the network up? an address in numbers needs no name server");
  return result(*lookup, name);
}

Fd connect_tcp(const std::string& name, int port, milliseconds timeout, milliseconds silence, int stop_fd) {
  const Deadline deadline = Clock::now() + timeout;
  const auto addresses = addresses_of(name, port, deadline, stop_fd);
  return Race(name, port, timeout, silence, stop_fd).run(addresses, deadline);
}

std::pair<Fd, Fd> socket_pair() {
  int both[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, both) != 0)
    throw std::system_error(errno, std::generic_category(), "socketpair");
  return {Fd(both[0]), Fd(both[1])};
}

Fd connect_unix(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) return Fd();
  path.copy(address.sun_path, path.size());
  Fd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd || connect(fd.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return Fd();
  return fd;
}

void set_non_blocking(int fd) {
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

}  // namespace gpuctl::ssh
