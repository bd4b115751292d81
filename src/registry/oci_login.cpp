#include <fmt/core.h>

#include "core/error.hpp"
#include "registry/challenge.hpp"
#include "registry/json.hpp"
#include "registry/oci.hpp"

// How a registry is told who asks: the distribution specification's tokens.

namespace gpuctl::registry {

using chart::InRegistry;

namespace {

constexpr std::size_t most_token_bytes = 1UL << 20U;

}  // namespace

Credential Oci::who(const InRegistry& at) const {
  if (access_.username.empty()) return credentials_.of(at.host);
  Credential out;
  out.user = access_.username;
  out.password = access_.password;
  return out;
}

void Oci::refuse(const InRegistry& at, const Came& came) const {
  const auto status = came.response.status;
  const auto login = fmt::format("helm registry login {}, or --username and --password", at.host);
  if (status == 404) refuse_status(came, fmt::format("is there a chart {}, and does it have that version?", at.text()));
  if (status != 401 && status != 403) refuse_status(came, "");
  const auto credential = who(at);
  if (!credential.helper.empty())
    refuse_status(came, fmt::format("{} leaves the password of {} to docker-credential-{}, and credential helpers are "
                                    "not run here: {}",
                                    credential.file, at.host, credential.helper, login));
  if (credential.user.empty() && credential.identity_token.empty())
    refuse_status(came, fmt::format("nobody was named: {}", login));
  refuse_status(came, fmt::format("it was asked as {}: {}", credential.user, login));
}

core::Secret Oci::authorization(const InRegistry& at, const Came& refused) {
  const auto credential = who(at);
  // A header may come several times, each with other schemes.
  for (const auto& [name, value] : refused.response.headers)
    if (name == "www-authenticate" && challenge_of(value, "bearer")) return token(at, value, credential);
  for (const auto& [name, value] : refused.response.headers)
    if (name == "www-authenticate" && challenge_of(value, "basic")) return basic(credential.user, credential.password);
  return {};
}

core::Secret Oci::token(const InRegistry& at, const std::string& header, const Credential& credential) {
  const auto challenge = challenge_of(header, "bearer").value_or(Challenge{});
  const auto realm = chart::Address::parse(challenge.value("realm"));
  if (realm.scheme != "https" && !(access_.plain_http && realm.scheme == "http"))
    throw core::Error(core::ErrorKind::failed,
                      fmt::format("{} sends for a token to {}, which is not https", at.host, realm.text()), {},
                      "--plain-http, where all of it is in your own network");
  auto scope = challenge.value("scope");
  if (scope.empty()) scope = fmt::format("repository:{}:pull", at.name);
  const auto asked =
      fmt::format("service={}&scope={}", query_escaped(challenge.value("service")), query_escaped(scope));
  Question question{realm};
  question.accept = "application/json";
  question.most = most_token_bytes;
  if (credential.identity_token.empty()) {
    question.authorization = basic(credential.user, credential.password);
    question.address.query += (realm.query.empty() ? "" : "&") + asked;
  } else {
    question.form = fmt::format("grant_type=refresh_token&client_id=gpuctl&{}&refresh_token={}", asked,
                                query_escaped(credential.identity_token.reveal()));
  }
  auto came = web_.ask(std::move(question), access_);
  if (came.response.status != 200) refuse(at, came);
  const auto answer = json(came.response.body, "the token of " + realm.text());
  for (const char* name : {"token", "access_token"})
    if (const auto found = text(&answer, name); !found.empty()) return core::Secret("Bearer " + found);
  throw core::Error(core::ErrorKind::failed, fmt::format("{} answers without a token", realm.text()));
}

}  // namespace gpuctl::registry
