#include <fmt/core.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <algorithm>

#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>

#include "cli/arguments.hpp"
#include "cli/disk.hpp"
#include "cli/interrupt.hpp"
#include "cli/run.hpp"
#include "cli/terminal.hpp"
#include "core/secret.hpp"
#include "host/node.hpp"
#include "host/ssh_link.hpp"
#include "http/fetch.hpp"
#include "ssh/client.hpp"
#include "ssh/config.hpp"
#include "util/strings.hpp"

namespace gpuctl {
namespace {

std::optional<std::string> variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (!value) return {};
  return std::string(value);
}

/// What is written goes through the redactor; a reader that has gone is no error.
class Output {
 public:
  explicit Output(int fd) : fd_(fd) {}

  void write(std::string_view text, const core::Redactor& redactor) {
    const auto shown = redactor.apply(text);
    for (std::size_t at = 0; at < shown.size() && open_;) {
      const auto written = ::write(fd_, shown.data() + at, shown.size() - at);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) open_ = false;
      if (written > 0) at += static_cast<std::size_t>(written);
    }
  }

 private:
  int fd_;
  bool open_ = true;
};

/// The secrets of this run, which no output shows.
class Secrets {
 public:
  core::Secret keep(core::Secret secret) {
    const std::lock_guard lock(mutex_);
    redactor_.add(secret);
    return secret;
  }
  std::string redact(const std::string& text) const {
    const std::lock_guard lock(mutex_);
    return redactor_.apply(text);
  }
  core::Redactor redactor() const {
    const std::lock_guard lock(mutex_);
    return redactor_;
  }

 private:
  mutable std::mutex mutex_;
  core::Redactor redactor_;
};

/// ssh's questions, put at the terminal.
class SshPrompt : public ssh::Prompt {
 public:
  SshPrompt(cli::Terminal& terminal, Secrets& secrets) : terminal_(terminal), secrets_(secrets) {}

  bool interactive() const override { return terminal_.present(); }

  bool confirm_host_key(const std::string& host, const std::string& fingerprint, const std::string& type) override {
    const auto question = fmt::format("Nothing is known of host {}. Its {} key is {}.\nAccept it, and remember it?",
                                      host, type, fingerprint);
    return terminal_.confirm(question).value_or(false);
  }

  std::optional<core::Secret> passphrase(const std::string& key_file) override {
    if (const auto given = variable("GPUCTL_PASSPHRASE")) return secrets_.keep(core::Secret(*given));
    return asked(fmt::format("Passphrase of {}: ", key_file));
  }

  std::optional<core::Secret> password(const std::string& user, const std::string& host) override {
    return asked(fmt::format("Password of {} on {}: ", user, host));
  }

 private:
  std::optional<core::Secret> asked(const std::string& question) {
    auto secret = terminal_.ask_secret(question);
    if (secret) secrets_.keep(*secret);
    return secret;
  }

  cli::Terminal& terminal_;
  Secrets& secrets_;
};

/// sudo's password: from the environment, a file, or the person; asked once for all hosts.
class SudoPassword {
 public:
  SudoPassword(const cli::Arguments& arguments, cli::Terminal& terminal, Secrets& secrets)
      : file_(arguments.sudo_password_file), terminal_(terminal), secrets_(secrets) {}

  /// `host` is who needs it first.
  core::Secret get(const std::string& host) {
    const std::lock_guard lock(mutex_);
    if (!known_) known_ = secrets_.keep(find(host));
    return *known_;
  }

 private:
  core::Secret find(const std::string& host) {
    if (const auto given = variable("GPUCTL_SUDO_PASSWORD")) return core::Secret(*given);
    if (!file_.empty()) {
      const auto lines = util::lines(cli::read_file(file_));
      return core::Secret(lines.empty() ? "" : lines.front());
    }
    return terminal_.ask_secret(fmt::format("sudo's password on {}: ", host)).value_or(core::Secret());
  }

  std::string file_;
  cli::Terminal& terminal_;
  Secrets& secrets_;
  std::mutex mutex_;
  std::optional<core::Secret> known_;
};

ssh::Environment ssh_environment() {
  ssh::Environment out;
  out.home = variable("HOME").value_or("/root");
  out.user = variable("USER").value_or(variable("LOGNAME").value_or("root"));
  out.agent = variable("SSH_AUTH_SOCK").value_or("");
  char name[256] = "";
  ::gethostname(name, sizeof name - 1);
  out.hostname = name;
  out.uid = ::getuid();
  out.variable = [](const std::string& wanted) { return variable(wanted).value_or(""); };
  return out;
}

/// A TCP connection to a host that was there a moment ago.
constexpr std::chrono::seconds coming_back{8};

/// The hosts of a run over ssh: one login each, made when it is first asked.
class SshFleet : public cli::Fleet {
 public:
  SshFleet(const cli::Arguments& arguments, cli::Terminal& terminal, Secrets& secrets, int stop_fd)
      : arguments_(arguments),
        secrets_(secrets),
        prompt_(terminal, secrets),
        sudo_(arguments, terminal, secrets),
        environment_(ssh_environment()),
        config_(ssh::Config::load(environment_)),
        route_(http::route_of(environment_.variable)),
        client_(prompt_, {std::chrono::seconds(arguments.timeout_s), std::chrono::seconds(20), stop_fd}) {}

  core::Observer& observer(const core::Host& host) override { return *at(host).node; }

  core::Actor& actor(const core::Host& host) override {
    auto& reached = at(host);
    if (!reached.actor) reached.actor = host::act_on(*reached.node);
    return *reached.actor;
  }

 private:
  struct Reached {
    std::unique_ptr<host::Node> node;
    std::unique_ptr<core::Actor> actor;
  };

  Reached& at(const core::Host& host) {
    const std::lock_guard lock(mutex_);
    auto& reached = hosts_[host.name];
    if (!reached.node) reached.node = std::make_unique<host::Node>(connector(host), options(host));
    return reached;
  }

  host::Connector connector(const core::Host& host) {
    auto target = ssh::resolve(host, config_, environment_);
    if (!arguments_.known_hosts.empty()) {
      target.known_hosts = {arguments_.known_hosts};
      for (auto& jump : target.jumps) jump.known_hosts = {arguments_.known_hosts};
    }
    return host::ssh_connector([this, target]() mutable {
      auto connection = client_.open(target);
      // Who comes back after a lost link has waited for its silence already.
      target.connect_timeout = std::min(target.connect_timeout, coming_back);
      for (auto& jump : target.jumps) jump.connect_timeout = target.connect_timeout;
      return connection;
    });
  }

  host::NodeOptions options(const core::Host& host) {
    host::NodeOptions out;
    out.name = host.name;
    out.become_root = !arguments_.no_sudo;
    out.sudo_password = [this, name = host.name] { return sudo_.get(name); };
    out.fetch = [this](const std::string& url) { return http::fetch(url, route_); };
    out.redact = [this](const std::string& text) { return secrets_.redact(text); };
    return out;
  }

  const cli::Arguments& arguments_;
  Secrets& secrets_;
  SshPrompt prompt_;
  SudoPassword sudo_;
  ssh::Environment environment_;
  ssh::Config config_;
  http::Route route_;
  ssh::Client client_;
  std::mutex mutex_;
  std::map<std::string, Reached> hosts_;
};

std::size_t columns_of(int fd) {
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

int run(const cli::Arguments& arguments) {
  cli::Interrupt interrupt;
  cli::Terminal terminal(interrupt.descriptor());
  Secrets secrets;
  Output out(STDOUT_FILENO);
  Output err(STDERR_FILENO);

  cli::World world;
  world.variable = variable;
  world.out = [&](std::string_view text) { out.write(text, secrets.redactor()); };
  world.err = [&](std::string_view text) { err.write(text, secrets.redactor()); };
  world.out_is_terminal = ::isatty(STDOUT_FILENO) != 0;
  world.err_is_terminal = ::isatty(STDERR_FILENO) != 0;
  world.columns = columns_of(world.out_is_terminal ? STDOUT_FILENO : STDERR_FILENO);
  world.read = cli::read_file;
  world.write = [&](const std::string& path, const std::string& content) {
    if (path == "-") return world.out(content);
    cli::write_file(path, secrets.redact(content));
  };
  world.redact = [&](const std::string& text) { return secrets.redact(text); };
  world.confirm = [&](const std::string& question) { return terminal.confirm(question); };
  world.before_question = &terminal.before_question;
  world.fleet = [&](const cli::Arguments& given) {
    return std::make_unique<SshFleet>(given, terminal, secrets, interrupt.descriptor());
  };
  world.stop = interrupt.token();
  return cli::run(arguments, world);
}

}  // namespace
}  // namespace gpuctl

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto parsed = gpuctl::cli::parse(argc, argv);
  if (parsed.arguments) return gpuctl::run(*parsed.arguments);
  std::fputs(parsed.text.c_str(), parsed.exit == 0 ? stdout : stderr);
  return parsed.exit;
}
