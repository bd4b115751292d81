#include "kube/exec_plugin.hpp"

#include <fmt/core.h>

#include <ctime>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "kube/member.hpp"
#include "util/base64.hpp"
#include "util/strings.hpp"
#include "util/x509.hpp"

namespace gpuctl::kube {

namespace {

using core::Error;
using core::ErrorKind;
using core::Node;
using Environment = std::vector<std::pair<std::string, std::string>>;

constexpr const char* versions[] = {"client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"};

std::string checked_version(const Section& exec) {
  const std::string version = exec.text("apiVersion");
  for (const char* known : versions)
    if (version == known) return version;
  exec.fail("apiVersion",
            fmt::format("{} speaks \"{}\", known are {} and {}", exec.what(), version, versions[0], versions[1]));
}

std::vector<std::string> argv_of(const Section& exec) {
  std::vector<std::string> argv{exec.text("command")};
  if (argv[0].empty()) exec.fail("command", fmt::format("{} names no command", exec.what()));
  if (argv[0].find('/') != std::string::npos) argv[0] = exec.path(argv[0]);
  const auto* args = exec.node("args");
  if (!args || std::holds_alternative<std::monostate>(args->value)) return argv;
  const auto* list = std::get_if<Node::List>(&args->value);
  if (!list) exec.fail("args", fmt::format("args of {} must be a list, not {}", exec.what(), args->kind_name()));
  for (const auto& word : *list) {
    const auto* text = std::get_if<std::string>(&word.value);
    if (!text && word.source.empty()) exec.fail("args", fmt::format("args of {} must be strings", exec.what()));
    argv.push_back(text ? *text : word.source);
  }
  return argv;
}

Environment environment_of(const Section& exec) {
  Environment out;
  const auto* env = exec.node("env");
  const auto* list = env ? std::get_if<Node::List>(&env->value) : nullptr;
  if (!list) return out;
  for (const auto& entry : *list) {
    const Section variable(entry, exec.name(), "env of " + exec.what());
    out.emplace_back(variable.text("name"), variable.text("value"));
  }
  return out;
}

/// The last line that says something.
std::string last_line(const std::string& text) {
  const auto lines = util::lines(text);
  for (auto line = lines.rbegin(); line != lines.rend(); ++line)
    if (const auto words = util::trim(*line); !words.empty()) return std::string(words);
  return {};
}

/// As plugins write times, in UTC: these sort as texts.
std::string rfc3339(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

[[noreturn]] void rubbish(const std::string& message) {
  throw Error(ErrorKind::failed, message);
}

/// What whoever wrote the kubeconfig says of a missing plugin, in one line.
std::string install_hint(const Section& exec) {
  std::vector<std::string> words;
  for (const auto& line : util::lines(exec.text("installHint")))
    if (const auto text = util::trim(line); !text.empty()) words.emplace_back(text);
  return util::join(words, " ");
}

void check_end(const Section& exec, const std::vector<std::string>& argv, const Ran& ran) {
  if (!ran.started)
    throw Error(ErrorKind::failed, fmt::format("{}, {}, could not be started: {}", exec.what(), argv[0], ran.errors),
                exec.where("command"), install_hint(exec));
  if (ran.late)
    throw Error(ErrorKind::failed,
                fmt::format("{}, {}, did not come to its end within 60 s and was stopped", exec.what(), argv[0]),
                exec.where("command"), "it gets no terminal here: log in with it first");
  if (ran.exit == 0) return;
  const std::string said = last_line(ran.errors);
  throw Error(
      ErrorKind::failed,
      fmt::format("{}, {}, ended with exit code {}{}", exec.what(), argv[0], ran.exit, said.empty() ? "" : ": " + said),
      exec.where("command"), "run it by hand to see why");
}

ExecCredential credential_of(const Section& exec, const std::vector<std::string>& argv, const std::string& output,
                             const std::string& version, const std::string& now) {
  try {
    return read_exec_credential(output, version, now);
  } catch (const Error& error) {
    throw Error(ErrorKind::failed, fmt::format("{}, {}, {}", exec.what(), argv[0], error.message()),
                exec.where("command"), "run it by hand to see what it prints");
  }
}

void check_pair(const Section& exec, const Outside& outside, const ExecCredential& credential) {
  if (credential.certificate.empty()) return;
  const auto chain = util::certificates(credential.certificate);
  const auto now = std::chrono::system_clock::to_time_t(outside.now);
  if (chain.empty() || !util::key_fits(credential.certificate, credential.key))
    exec.fail("command", fmt::format("{} gave a client certificate and a key that are not a pair", exec.what()));
  if (chain.front().not_after < now)
    exec.fail("command", fmt::format("{} gave a client certificate that has expired", exec.what()));
}

}  // namespace

std::string exec_info(const std::string& api_version, const Access* cluster) {
  nlohmann::json info{{"kind", "ExecCredential"}, {"apiVersion", api_version}, {"spec", {{"interactive", false}}}};
  if (!cluster) return info.dump();
  auto& out = info["spec"]["cluster"];
  out["server"] = cluster->server;
  if (!cluster->server_name.empty()) out["tls-server-name"] = cluster->server_name;
  if (!cluster->verify) out["insecure-skip-tls-verify"] = true;
  if (!cluster->proxy.empty()) out["proxy-url"] = cluster->proxy;
  if (!cluster->issuers.empty()) out["certificate-authority-data"] = util::base64_encode(cluster->issuers);
  return info.dump();
}

ExecCredential read_exec_credential(const std::string& output, const std::string& api_version, const std::string& now) {
  const auto json = nlohmann::json::parse(output, nullptr, false);
  // What it printed may be a secret, and is not shown.
  if (!json.is_object()) rubbish(fmt::format("printed no JSON object ({} bytes)", output.size()));
  if (text_at(json, "kind") != "ExecCredential")
    rubbish(text_at(json, "kind").empty()
                ? "printed a JSON object without a kind, and no ExecCredential"
                : fmt::format("printed kind \"{}\", not ExecCredential", text_at(json, "kind")));
  if (text_at(json, "apiVersion") != api_version)
    rubbish(fmt::format("answered in \"{}\" where {} was asked for", text_at(json, "apiVersion"), api_version));
  const auto status = json.find("status");
  if (status == json.end() || !status->is_object()) rubbish("printed an ExecCredential without a status");
  ExecCredential out{text_at(*status, "token"), text_at(*status, "clientCertificateData"),
                     text_at(*status, "clientKeyData"), text_at(*status, "expirationTimestamp")};
  if (out.certificate.empty() != out.key.empty()) rubbish("gave only one of client certificate and key");
  if (!out.expires.empty() && out.expires < now) rubbish("gave credentials that have expired at " + out.expires);
  if (out.token.empty() && out.certificate.empty()) rubbish("gave neither a token nor a client certificate");
  return out;
}

void run_exec_plugin(const Section& exec, const Outside& outside, Access& access) {
  const std::string version = checked_version(exec);
  if (exec.text("interactiveMode") == "Always")
    exec.fail("interactiveMode", fmt::format("{} always wants a terminal, and gets none here", exec.what()));
  const auto argv = argv_of(exec);
  auto environment = environment_of(exec);
  environment.emplace_back("KUBERNETES_EXEC_INFO",
                           exec_info(version, exec.flag("provideClusterInfo") ? &access : nullptr));
  const Ran ran = outside.run(argv, environment);
  check_end(exec, argv, ran);
  auto credential = credential_of(exec, argv, ran.output, version, rfc3339(outside.now));
  check_pair(exec, outside, credential);
  access.token = core::Secret(std::move(credential.token));
  access.certificate = std::move(credential.certificate);
  access.key = core::Secret(std::move(credential.key));
}

}  // namespace gpuctl::kube
