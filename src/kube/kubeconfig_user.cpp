#include <fmt/core.h>

#include "core/answer.hpp"
#include "core/error.hpp"
#include "kube/exec_plugin.hpp"
#include "kube/kubeconfig.hpp"
#include "kube/kubeconfig_value.hpp"
#include "util/strings.hpp"
#include "util/x509.hpp"

namespace gpuctl::kube {

namespace {

std::int64_t epoch_seconds(std::chrono::system_clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

std::string date(std::int64_t seconds) {
  return core::describe(core::Time{seconds * 1'000'000});
}

/// Said before the server is asked: its answer would be a bare 401.
void check_dates(const Section& user, const char* key, const util::Certificate& certificate, std::int64_t now) {
  if (certificate.not_after < now)
    user.fail(key,
              fmt::format("the client certificate of {} has expired at {}", user.what(), date(certificate.not_after)),
              "have a new one issued (k3s and RKE2 renew theirs when the server is restarted)");
  if (certificate.not_before > now)
    user.fail(
        key,
        fmt::format("the client certificate of {} is valid only from {}", user.what(), date(certificate.not_before)),
        "is the clock of this machine right?");
}

void read_certificate(const Section& user, const Outside& outside, Access& access) {
  access.certificate = user.bytes("client-certificate", outside);
  access.key = core::Secret(user.bytes("client-key", outside));
  if (access.certificate.empty()) return;
  const char* key = user.node("client-certificate-data") ? "client-certificate-data" : "client-certificate";
  const auto chain = util::certificates(access.certificate);
  if (chain.empty()) user.fail(key, fmt::format("{} of {} holds no PEM certificate", key, user.what()));
  check_dates(user, key, chain.front(), epoch_seconds(outside.now));
  if (access.key.empty()) user.fail(key, fmt::format("{} has a client certificate and no client-key", user.what()));
  if (!util::key_fits(access.certificate, access.key.reveal()))
    user.fail(user.node("client-key-data") ? "client-key-data" : "client-key",
              fmt::format("the client-key of {} is not the key of its certificate", user.what()));
}

void read_token(const Section& user, const Outside& outside, Access& access) {
  // A token file counts before a token, as kubectl has it: it is renewed by somebody.
  std::string token = user.file("tokenFile", outside);
  if (user.node("tokenFile") && util::trim(token).empty())
    user.fail("tokenFile", fmt::format("the tokenFile of {} is empty", user.what()));
  if (token.empty()) token = user.text("token");
  access.token = core::Secret(std::string(util::trim(token)));
}

void read_password(const Section& user, Access& access) {
  access.username = user.text("username");
  access.password = core::Secret(user.text("password"));
}

/// What we show to the API server, and what may help where it does not want it.
void describe(const Section& user, bool by_plugin, Access& access) {
  access.user_at = user.where("");
  access.advice = "is it for this cluster, and not withdrawn? have a new one issued";
  if (by_plugin) access.advice = "the plugin was asked once more; is it for this cluster, and are you logged in?";
  const char* means = !access.token.empty()         ? "the token"
                      : !access.certificate.empty() ? "the client certificate"
                                                    : "the password";
  access.who = fmt::format("{} {} {}", means, by_plugin ? "that the exec plugin gave for" : "of", user.what());
  if (!access.token.empty() || !access.certificate.empty() || !access.username.empty()) return;
  access.who = fmt::format("a request without credentials: {} has none", user.what());
  access.advice = "give the user a token or a client certificate";
}

}  // namespace

std::vector<core::Secret> Access::secrets() const {
  std::vector<core::Secret> out;
  for (const auto& secret : {key, token, password})
    if (!secret.empty()) out.push_back(secret);
  return out;
}

void Kubeconfig::read_user(const Named& named, const Outside& outside, Access& access) const {
  const Section user(named.value, named.file, fmt::format("user \"{}\"", named.name));
  access.user = named.name;
  if (const auto* provider = user.node("auth-provider"))
    user.fail("auth-provider",
              fmt::format("{} logs in by auth-provider{}, which Kubernetes has given up", user.what(),
                          provider->find("name") ? " " + Section(*provider, named.file, "it").text("name") : ""),
              "use its exec plugin, a token or a client certificate");
  read_certificate(user, outside, access);
  read_token(user, outside, access);
  read_password(user, access);
  const auto* exec = user.node("exec");
  const bool own = !access.token.empty() || !access.certificate.empty() || !access.username.empty();
  if (exec && !own)
    run_exec_plugin({*exec, named.file, fmt::format("the exec plugin of {}", user.what())}, outside, access);
  describe(user, exec && !own, access);
}

}  // namespace gpuctl::kube
