#include <fmt/core.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>

#include "chart/release/book.hpp"
#include "cli/arguments.hpp"
#include "cli/disk.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/run.hpp"
#include "cli/secrets.hpp"
#include "cli/sudo_password.hpp"
#include "cli/terminal.hpp"
#include "core/secret.hpp"
#include "engine/joined.hpp"
#include "host/node.hpp"
#include "host/program.hpp"
#include "host/ssh_link.hpp"
#include "http/address.hpp"
#include "http/fetch.hpp"
#include "kube/cluster.hpp"
#include "kube/kubeconfig.hpp"
#include "kube/secrets.hpp"
#include "playbook/playbook.hpp"
#include "registry/registry.hpp"
#include "ssh/client.hpp"
#include "ssh/config.hpp"
#include "steps/readiness.hpp"

namespace gpuctl {
namespace {

std::optional<std::string> variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (!value) return {};
  return std::string(value);
}

/// ssh's questions, put at the terminal.
class SshPrompt : public ssh::Prompt {
 public:
  SshPrompt(cli::Terminal& terminal, cli::Secrets& secrets) : terminal_(terminal), secrets_(secrets) {}

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
  cli::Secrets& secrets_;
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
  SshFleet(const cli::Arguments& arguments, std::optional<core::Cluster> cluster, std::shared_ptr<core::Seal> seal,
           cli::Terminal& terminal, cli::Secrets& secrets, int stop_fd, std::stop_token stop)
      : arguments_(arguments),
        spec_(std::move(cluster)),
        seal_(std::move(seal)),
        secrets_(secrets),
        stop_(std::move(stop)),
        prompt_(terminal, secrets),
        sudo_(arguments.sudo_password_file, variable, terminal, secrets),
        environment_(ssh_environment()),
        config_(ssh::Config::load(environment_)),
        route_(http::route_of(environment_.variable)),
        client_(prompt_, {std::chrono::seconds(arguments.timeout_s), std::chrono::seconds(20), stop_fd}) {}

  core::Observer& observer(const engine::Lane& lane) override {
    if (lane.cluster) return cluster();
    auto& reached = at(lane.host);
    if (!lane.host.in_cluster) return *reached.node;
    if (!reached.joined) reached.joined = std::make_unique<engine::JoinedObserver>(*reached.node, beside_);
    return *reached.joined;
  }

  core::Actor& actor(const engine::Lane& lane) override {
    if (lane.cluster) return cluster();
    auto& reached = at(lane.host);
    if (!reached.actor) reached.actor = host::act_on(*reached.node);
    if (!lane.host.in_cluster) return *reached.actor;
    if (!reached.joined_actor) reached.joined_actor = std::make_unique<engine::JoinedActor>(*reached.actor, beside_);
    return *reached.joined_actor;
  }

  core::Prover& prover(const engine::Lane&) override { return cluster(); }

  core::SecretStore& secrets() override {
    auto& reached = cluster();
    const std::lock_guard lock(cluster_mutex_);
    if (!secret_store_) secret_store_ = std::make_unique<kube::Secrets>(reached.secrets());
    return *secret_store_;
  }

 private:
  struct Reached {
    std::unique_ptr<host::Node> node;
    std::unique_ptr<core::Actor> actor;
    std::unique_ptr<core::Observer> joined;
    std::unique_ptr<core::Actor> joined_actor;
  };

  /// The cluster as a host's steps ask it: that it cannot be reached is its own lane's to say, and no reason to leave
  /// the host alone.
  class Beside : public core::Observer {
   public:
    explicit Beside(SshFleet& fleet) : fleet_(fleet) {}
    core::Facts gather(std::span<const core::Probe> probes) override {
      return tried(probes, [&] { return fleet_.cluster().gather(probes); });
    }
    core::Facts wait(std::span<const core::Probe> probes, const core::Facts& last, core::Deadline deadline) override {
      return tried(probes, [&] { return fleet_.cluster().wait(probes, last, deadline); });
    }

   private:
    static core::Facts tried(std::span<const core::Probe> probes, const std::function<core::Facts()>& ask) {
      try {
        return ask();
      } catch (const core::Error& error) {
        if (error.kind() == core::ErrorKind::interrupted) throw;
        core::Facts out;
        for (const auto& probe : probes) out.set(probe, core::Failed{error.message()});
        return out;
      }
    }

    SshFleet& fleet_;
  };

  /// Made when it is first asked, and the reason kept when it cannot be.
  kube::Cluster& cluster() {
    const std::lock_guard lock(cluster_mutex_);
    if (!cluster_) {
      auto reached = access();
      auto options = cluster_options(reached.server);
      cluster_ = std::make_unique<kube::Cluster>(std::move(reached), std::move(options));
    }
    return *cluster_;
  }

  kube::Access access() {
    if (!spec_) throw core::Error(core::ErrorKind::invalid, "the playbook names no cluster");
    auto access = spec_->through ? access_through(*spec_->through) : access_here();
    for (auto& secret : access.secrets()) secrets_.keep(secret);
    return access;
  }

  kube::Access access_here() {
    auto paths = kube::kubeconfig_paths(variable("KUBECONFIG").value_or(""), environment_.home);
    if (!spec_->kubeconfig.empty()) paths = {at_home(spec_->kubeconfig)};
    const auto parse = [](const std::string& path) -> std::optional<core::Node> {
      const auto text = cli::read_if_there(path);
      if (!text) return {};
      auto documents = playbook::documents({path, *text});
      return documents.empty() ? core::Node{} : std::move(documents.front());
    };
    return from(kube::Kubeconfig::load(paths, parse));
  }

  /// The kubeconfig that lies on the host, by its own account or where k3s and RKE2 write it.
  kube::Access access_through(const core::Host& through) {
    host::Node node(connector(through), options(through));
    std::vector<std::string> paths{"/etc/rancher/k3s/k3s.yaml", "/etc/rancher/rke2/rke2.yaml",
                                   "/etc/kubernetes/admin.conf"};
    if (!spec_->kubeconfig.empty()) paths = {spec_->kubeconfig};
    if (!paths.front().starts_with('/'))
      throw core::Error(
          core::ErrorKind::invalid,
          fmt::format("kubeconfig {} is a path on {} and has to begin with /", paths.front(), through.name), {},
          "k3s writes /etc/rancher/k3s/k3s.yaml, RKE2 /etc/rancher/rke2/rke2.yaml");
    std::vector<core::Probe> probes;
    for (const auto& path : paths) probes.emplace_back(core::FileText{path});
    const auto facts = node.gather(probes);
    for (const auto& path : paths)
      if (const auto* failed = std::get_if<core::Failed>(facts.find(core::FileText{path})))
        throw core::Error(core::ErrorKind::unreachable, fmt::format("{} on {}: {}", path, through.name, failed->why));
    const auto parse = [&](const std::string& path) -> std::optional<core::Node> {
      const auto* text = facts.text(core::FileText{path});
      if (!text) return {};
      auto documents = playbook::documents({through.name + ":" + path, *text});
      return documents.empty() ? core::Node{} : std::move(documents.front());
    };
    return from(kube::Kubeconfig::load(paths, parse));
  }

  kube::Access from(const kube::Kubeconfig& kubeconfig) {
    constexpr std::chrono::seconds most{60};
    const kube::Outside outside{cli::read_file,
                                [&](const auto& argv, const auto& more) { return host::run_program(argv, more, most); },
                                std::chrono::system_clock::now()};
    return kubeconfig.access(spec_->context, outside);
  }

  kube::Options cluster_options(const std::string& server) {
    kube::Options out;
    out.seal = seal_;
    out.book = std::make_shared<chart::release::Book>();
    out.unready = steps::why_unready;
    out.stop = stop_;
    out.proxy = route_.proxy;
    out.no_proxy = route_.no_proxy;
    out.ca_file = route_.ca_file;
    out.renew = [this] { return access(); };
    if (!spec_->through) return out;
    out.through = spec_->through->name;
    const auto [address, port] = http::address_of(server);
    out.carrier = [this, target = target_of(*spec_->through), address, port](int end) -> http::Broken {
      auto told = client_.forward(target, address, port, ssh::Fd(end));
      return [told] { return told->text(); };
    };
    return out;
  }

  std::string at_home(const std::string& path) const {
    return path.starts_with("~/") ? environment_.home + path.substr(1) : path;
  }

  Reached& at(const core::Host& host) {
    const std::lock_guard lock(mutex_);
    auto& reached = hosts_[host.name];
    if (!reached.node) reached.node = std::make_unique<host::Node>(connector(host), options(host));
    return reached;
  }

  ssh::Target target_of(const core::Host& host) const {
    auto target = ssh::resolve(host, config_, environment_);
    if (!arguments_.known_hosts.empty()) {
      target.known_hosts = {arguments_.known_hosts};
      for (auto& jump : target.jumps) jump.known_hosts = {arguments_.known_hosts};
    }
    return target;
  }

  host::Connector connector(const core::Host& host) {
    return host::ssh_connector([this, target = target_of(host)]() mutable {
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
  std::optional<core::Cluster> spec_;
  std::shared_ptr<core::Seal> seal_;
  cli::Secrets& secrets_;
  std::stop_token stop_;
  SshPrompt prompt_;
  cli::SudoPassword sudo_;
  ssh::Environment environment_;
  ssh::Config config_;
  http::Route route_;
  ssh::Client client_;
  std::mutex mutex_;
  std::map<std::string, Reached> hosts_;
  Beside beside_{*this};
  std::mutex cluster_mutex_;
  std::unique_ptr<kube::Cluster> cluster_;
  std::unique_ptr<kube::Secrets> secret_store_;
};

std::size_t columns_of(int fd) {
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

/// Charts from repositories and registries, asked for as this process may.
std::unique_ptr<chart::Remote> remote(const chart::RemoteOptions& asked, const cli::World& world) {
  const auto value = [](const std::string& name) { return variable(name).value_or(""); };
  registry::Options out;
  out.access = asked.access;
  out.files = registry::files_of(value);
  out.web = {http::route_of(value), asked.time, world.stop, cli::read_file};
  out.find = cli::read_if_there;
  out.warn = [err = world.err](const std::string& what) { err("gpuctl: " + what + "\n"); };
  out.refresh = asked.refresh;
  return std::make_unique<registry::Registry>(std::move(out));
}

int run(const cli::Arguments& arguments) {
  cli::Interrupt interrupt;
  cli::Terminal terminal(interrupt.descriptor());
  cli::Secrets secrets;
  cli::Output out(STDOUT_FILENO);
  cli::Output err(STDERR_FILENO);

  cli::World world;
  world.variable = variable;
  world.out = [&](std::string_view text) { out.write(text, secrets.redactor()); };
  world.err = [&](std::string_view text) { err.write(text, secrets.redactor()); };
  world.out_is_terminal = ::isatty(STDOUT_FILENO) != 0;
  world.err_is_terminal = ::isatty(STDERR_FILENO) != 0;
  world.columns = columns_of(world.out_is_terminal ? STDOUT_FILENO : STDERR_FILENO);
  world.read = cli::read_file;
  world.line = [](std::string& line) { return bool(std::getline(std::cin, line)); };
  world.list = cli::list_files;
  world.write = [&](const std::string& path, const std::string& content) {
    if (path == "-") return world.out(content);
    cli::write_file(path, secrets.redact(content));
  };
  world.redact = [&](const std::string& text) { return secrets.redact(text); };
  world.confirm = [&](const std::string& question) { return terminal.confirm(question); };
  world.before_question = &terminal.before_question;
  world.fleet = [&](const cli::Arguments& given, const std::optional<core::Cluster>& cluster) {
    return std::make_unique<SshFleet>(given, cluster, world.seal, terminal, secrets, interrupt.descriptor(),
                                      interrupt.token());
  };
  world.remote = [&](const chart::RemoteOptions& asked) { return remote(asked, world); };
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
