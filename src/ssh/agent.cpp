#include "ssh/agent.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <optional>

#include "core/error.hpp"
#include "ssh/socket.hpp"
#include "ssh/wait.hpp"
#include "util/base64.hpp"

namespace gpuctl::ssh {

namespace {

using core::Deadline;

// draft-miller-ssh-agent, 5.1
constexpr char failure = 5;
constexpr char request_identities = 11;
constexpr char identities_answer = 12;
constexpr char sign_request = 13;
constexpr std::size_t longest_message = 262'144;

std::string number(std::size_t value) {
  std::string bytes(4, '\0');
  for (int at = 3; at >= 0; --at, value >>= 8) bytes[static_cast<std::size_t>(at)] = static_cast<char>(value & 0xff);
  return bytes;
}

std::string framed(const std::string& bytes) {
  return number(bytes.size()) + bytes;
}

std::uint32_t number_at(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = at; i < at + 4; ++i) value = (value << 8) | static_cast<unsigned char>(bytes[i]);
  return value;
}

/// Takes a string off the front of `bytes`; nothing when it is cut short.
std::optional<std::string> take(std::string& bytes) {
  if (bytes.size() < 4 || bytes.size() - 4 < number_at(bytes, 0)) return {};
  const std::size_t size = number_at(bytes, 0);
  std::string text = bytes.substr(4, size);
  bytes.erase(0, 4 + size);
  return text;
}

bool send_all(int fd, std::string_view bytes, Deadline deadline, int stop_fd) {
  while (!bytes.empty()) {
    const ssize_t n = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(n));
      continue;
    }
    if (n < 0 && errno != EAGAIN && errno != EINTR) return false;
    pollfd writable{fd, POLLOUT, 0};
    if (!wait_for({&writable, 1}, deadline, stop_fd)) return false;
  }
  return true;
}

bool receive_exactly(int fd, std::string& bytes, std::size_t size, Deadline deadline, int stop_fd) {
  bytes.resize(size);
  std::size_t at = 0;
  while (at < size) {
    const ssize_t n = recv(fd, bytes.data() + at, size - at, 0);
    if (n == 0) return false;
    if (n > 0) {
      at += static_cast<std::size_t>(n);
      continue;
    }
    if (errno != EAGAIN && errno != EINTR) return false;
    pollfd readable{fd, POLLIN, 0};
    if (!wait_for({&readable, 1}, deadline, stop_fd)) return false;
  }
  return true;
}

std::optional<std::string> receive_message(int fd, Deadline deadline, int stop_fd) {
  std::string bytes;
  if (!receive_exactly(fd, bytes, 4, deadline, stop_fd)) return {};
  const std::size_t size = number_at(bytes, 0);
  if (size == 0 || size > longest_message) return {};
  if (!receive_exactly(fd, bytes, size, deadline, stop_fd)) return {};
  return bytes;
}

std::optional<std::string> ask_agent(const std::string& path, const std::string& request, Deadline deadline,
                                     int stop_fd) {
  const Fd fd = connect_unix(path);
  if (!fd || !send_all(fd.number(), framed(request), deadline, stop_fd)) return {};
  return receive_message(fd.number(), deadline, stop_fd);
}

}  // namespace

std::vector<AgentKey> agent_keys(const std::string& path, Deadline deadline, int stop_fd) {
  std::vector<AgentKey> keys;
  auto reply = ask_agent(path, std::string(1, request_identities), deadline, stop_fd);
  if (!reply || reply->size() < 5 || (*reply)[0] != identities_answer) return keys;
  const std::uint32_t count = number_at(*reply, 1);
  reply->erase(0, 5);
  for (std::uint32_t at = 0; at < count; ++at) {
    auto blob = take(*reply);
    auto comment = take(*reply);
    if (!blob || !comment) break;
    keys.push_back({*blob, util::base64_encode(*blob), *comment});
  }
  return keys;
}

AgentRelay::AgentRelay(std::string path, std::vector<AgentKey> keys, Deadline deadline, int stop_fd)
    : path_(std::move(path)), deadline_(deadline), stop_fd_(stop_fd), keys_(std::move(keys)) {
  auto both = socket_pair();
  near_ = std::move(both.first);
  far_ = std::move(both.second);
  thread_ = std::thread([this] { serve(); });
}

AgentRelay::~AgentRelay() {
  shutdown(far_.number(), SHUT_RDWR);
  thread_.join();
}

std::vector<AgentKey> AgentRelay::keys() const {
  const std::scoped_lock lock(mutex_);
  return keys_;
}

void AgentRelay::serve() {
  // The socket is ours on both sides: its end is the destructor's, or libssh's.
  while (auto request = receive_message(far_.number(), Deadline::max(), -1)) {
    std::string reply;
    try {
      reply = answer(*request);
    } catch (const core::Error&) {
      // The run is to stop: libssh gets its failure, and the next wait says why.
      reply.assign(1, failure);
    }
    if (!send_all(far_.number(), framed(reply), Deadline::max(), -1)) return;
  }
}

std::string AgentRelay::answer(std::string request) {
  if (request[0] == request_identities) {
    std::string reply = identities_answer + number(keys().size());
    for (const auto& key : keys()) reply += framed(key.blob) + framed(key.comment);
    return reply;
  }
  if (request[0] != sign_request) return std::string(1, failure);
  const auto reply = ask_agent(path_, request, deadline_, stop_fd_);
  if (reply && (*reply)[0] != failure) return *reply;
  request.erase(0, 1);
  const auto blob = take(request);
  const std::scoped_lock lock(mutex_);
  std::erase_if(keys_, [&](const AgentKey& key) { return key.blob == blob; });
  return std::string(1, failure);
}

}  // namespace gpuctl::ssh
