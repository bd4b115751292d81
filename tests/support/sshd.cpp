#include "support/sshd.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <sstream>

namespace {

using Seconds = std::chrono::seconds;
using SteadyClock = std::chrono::steady_clock;

std::vector<char*> pointers(const std::vector<std::string>& argv) {
  std::vector<char*> all;
  for (const auto& word : argv) all.push_back(const_cast<char*>(word.c_str()));
  all.push_back(nullptr);
  return all;
}

pid_t spawn(const std::vector<std::string>& argv, int out, int err) {
  const auto words = pointers(argv);
  const pid_t pid = fork();
  if (pid != 0) return pid;
  const int null = open("/dev/null", O_RDWR);
  dup2(null, 0);
  dup2(out < 0 ? null : out, 1);
  dup2(err < 0 ? null : err, 2);
  execvp(words[0], words.data());
  _exit(127);
}

/// Waits until `holds()`, looking again whenever `file` or its folder changes.
template <class Condition>
bool wait_until(const std::string& folder, int seconds, Condition holds) {
  const int watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  inotify_add_watch(watch, folder.c_str(), IN_MODIFY | IN_CREATE | IN_MOVED_TO);
  const auto end = SteadyClock::now() + Seconds(seconds);
  bool held = holds();
  while (!held && SteadyClock::now() < end) {
    pollfd changed{watch, POLLIN, 0};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - SteadyClock::now()).count();
    poll(&changed, 1, static_cast<int>(left));
    char events[4096];
    while (read(watch, events, sizeof events) > 0) continue;
    held = holds();
  }
  close(watch);
  return held;
}

void end_process(pid_t& pid, int signal) {
  if (pid <= 0) return;
  kill(pid, signal);
  waitpid(pid, nullptr, 0);
  pid = -1;
}

std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> all;
  const std::string number = std::to_string(parent);
  std::istringstream list(slurp("/proc/" + number + "/task/" + number + "/children"));
  for (pid_t child; list >> child;) {
    all.push_back(child);
    for (const pid_t below : children_of(child)) all.push_back(below);
  }
  return all;
}

}  // namespace

std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string run(const std::vector<std::string>& argv) {
  int both[2];
  if (pipe2(both, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  const pid_t pid = spawn(argv, both[1], -1);
  close(both[1]);
  std::string text;
  char bytes[4096];
  for (ssize_t n; (n = read(both[0], bytes, sizeof bytes)) > 0;) text.append(bytes, static_cast<std::size_t>(n));
  close(both[0]);
  int status = 0;
  waitpid(pid, &status, 0);
  if (status != 0) throw std::runtime_error(argv[0] + " failed");
  return text;
}

void make_key(const std::string& path, const std::string& type, const std::string& passphrase) {
  std::vector<std::string> argv{"ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "a test", "-f", path};
  if (type == "rsa") argv.insert(argv.end(), {"-b", "2048"});
  run(argv);
}

int free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no free port");
  close(fd);
  return ntohs(address.sin_port);
}

std::string this_user() {
  const passwd* entry = getpwuid(geteuid());
  return entry != nullptr ? entry->pw_name : "root";
}

Sshd::Sshd(const std::vector<std::string>& settings, std::vector<std::string> types, std::vector<std::string> wrapper)
    : types_(std::move(types)), wrapper_(std::move(wrapper)) {
  for (const auto& type : types_) make_key(at("host_" + type), type);
  make_key(user_key());
  folder_.write("authorized_keys", slurp(user_key() + ".pub"), 0600);
  std::string text;
  for (const auto& line : settings) text += line + "\n";
  // Its folder lies under a world-writable one, so StrictModes would refuse it.
  text += "StrictModes no\nUsePAM no\nLogLevel VERBOSE\nPidFile none\nPermitRootLogin yes\nPasswordAuthentication no\n";
  text += "KbdInteractiveAuthentication no\nAuthorizedKeysFile " + at("authorized_keys") + "\n";
  for (const auto& type : types_) text += "HostKey " + at("host_" + type) + "\n";
  folder_.write("settings", text);
  start();
}

Sshd::~Sshd() {
  stop();
}

void Sshd::start() {
  // Another process may take the port between our look and sshd's bind: then once more.
  for (int attempt = 0; attempt < 5; ++attempt) {
    port_ = free_port();
    folder_.write("config", "Port " + std::to_string(port_) + "\nListenAddress 127.0.0.1\n" + slurp(at("settings")));
    const int log = open(at("log").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (geteuid() == 0) mkdir("/run/sshd", 0755);
    auto argv = wrapper_;
    argv.insert(argv.end(), {"/usr/sbin/sshd", "-D", "-e", "-f", at("config")});
    pid_ = spawn(argv, -1, log);
    close(log);
    if (logged("Server listening on")) return;
    end_process(pid_, SIGTERM);
  }
  throw std::runtime_error("sshd does not start: " + this->log());
}

std::string Sshd::log() const {
  return slurp(at("log"));
}

bool Sshd::logged(const std::string& text, int seconds) const {
  return wait_until(folder_.path(), seconds, [&] { return log().find(text) != std::string::npos; });
}

int Sshd::count(const std::string& text) const {
  const std::string all = log();
  int found = 0;
  for (auto at = all.find(text); at != std::string::npos; at = all.find(text, at + text.size())) ++found;
  return found;
}

std::string Sshd::host_key(const std::string& type) const {
  std::istringstream words(slurp(at("host_" + type + ".pub")));
  std::string name, body;
  words >> name >> body;
  return name + " " + body;
}

std::string Sshd::host_fingerprint(const std::string& type) const {
  std::istringstream words(run({"ssh-keygen", "-l", "-f", at("host_" + type + ".pub")}));
  std::string bits, print;
  words >> bits >> print;
  return print;
}

std::string Sshd::known_hosts() const {
  return folder_.write("known_hosts", "[127.0.0.1]:" + std::to_string(port_) + " " + host_key() + "\n", 0600);
}

void Sshd::freeze() {
  for (const pid_t child : children_of(pid_)) kill(child, SIGSTOP);
  kill(pid_, SIGSTOP);
}

void Sshd::thaw() {
  kill(pid_, SIGCONT);
  for (const pid_t child : children_of(pid_)) kill(child, SIGCONT);
}

void Sshd::drop_connections() {
  for (const pid_t child : children_of(pid_)) kill(child, SIGKILL);
}

void Sshd::stop() {
  if (pid_ <= 0) return;
  drop_connections();
  end_process(pid_, SIGKILL);
}

Agent::Agent() : socket_(folder_.at("socket")) {
  pid_ = spawn({"ssh-agent", "-D", "-a", socket_}, -1, -1);
  if (!wait_until(folder_.path(), 10, [&] { return access(socket_.c_str(), F_OK) == 0; }))
    throw std::runtime_error("ssh-agent does not start");
}

Agent::~Agent() {
  end_process(pid_, SIGTERM);
}

void Agent::add(const std::string& key) const {
  run({"env", "SSH_AUTH_SOCK=" + socket_, "ssh-add", "-q", key});
}
