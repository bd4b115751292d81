#include "host/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>
#include <map>

extern char** environ;

namespace gpuctl::host {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t most_bytes_of_output = std::size_t{1} << 20U;

/// The reading end of a pipe, and what came through it.
struct Pipe {
  Pipe() { open = pipe2(ends.data(), O_CLOEXEC) == 0; }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void close_end(std::size_t which) {
    if (open && ends[which] >= 0) close(std::exchange(ends[which], -1));
  }
  /// False: the other side has closed it, or wrote too much.
  bool read_some() {
    std::array<char, 16384> buffer;
    const auto got = read(ends[0], buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) return true;
    if (got <= 0 || text.size() + static_cast<std::size_t>(got) > most_bytes_of_output) return false;
    text.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
  }

  std::array<int, 2> ends{-1, -1};
  bool open = false;
  std::string text;
};

std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& more) {
  std::map<std::string, std::string> all;
  for (char** entry = environ; *entry; ++entry) {
    const std::string text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string::npos) all[text.substr(0, equals)] = text.substr(equals + 1);
  }
  for (const auto& [name, value] : more) all[name] = value;
  std::vector<std::string> out;
  for (const auto& [name, value] : all) out.push_back(name + "=" + value);
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (auto& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

/// 0, or why it could not be started.
int start_program(const std::vector<std::string>& argv, std::vector<std::string> environment, Pipe& out, Pipe& err,
                  pid_t& pid) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out.ends[1], 1);
  posix_spawn_file_actions_adddup2(&actions, err.ends[1], 2);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  auto words = argv;
  const auto error = posix_spawnp(&pid, words.front().c_str(), &actions, &attributes, pointers(words).data(),
                                  pointers(environment).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

std::string why_not_started(const std::string& program, int error) {
  if (error == ENOENT && program.find('/') == std::string::npos) return "no folder of PATH has it";
  return std::strerror(error);
}

/// Reads both until they are closed. False: the time was over, or one wrote too much.
bool drain(Pipe& out, Pipe& err, Clock::time_point deadline) {
  std::array<pollfd, 2> entries{{{out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}}};
  while (entries[0].fd >= 0 || entries[1].fd >= 0) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    if (poll(entries.data(), entries.size(), static_cast<int>(left)) < 0 && errno != EINTR) return false;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      auto& pipe = i == 0 ? out : err;
      if (entries[i].fd < 0 || entries[i].revents == 0 || pipe.read_some()) continue;
      if (pipe.text.size() + 16384 > most_bytes_of_output) return false;
      entries[i].fd = -1;
    }
  }
  return true;
}

}  // namespace

kube::Ran run_program(const std::vector<std::string>& argv,
                      const std::vector<std::pair<std::string, std::string>>& environment,
                      std::chrono::milliseconds most) {
  Pipe out;
  Pipe err;
  if (argv.empty() || !out.open || !err.open) return {false, 0, "", std::strerror(errno)};
  pid_t pid = 0;
  if (const int error = start_program(argv, environment_with(environment), out, err, pid); error != 0)
    return {false, 0, "", why_not_started(argv.front(), error)};
  out.close_end(1);
  err.close_end(1);
  const bool late = !drain(out, err, Clock::now() + most);
  if (late) kill(pid, SIGKILL);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  const int exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {true, exit, std::move(out.text), std::move(err.text), late};
}

}  // namespace gpuctl::host
