#include "ssh/auth.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "ssh/agent.hpp"
#include "util/base64.hpp"
#include "util/strings.hpp"

namespace gpuctl::ssh {

namespace {

using core::Deadline;
using core::Error;
using core::ErrorKind;

constexpr std::chrono::seconds agent_patience{3};

class Attempt {
 public:
  Attempt(Session& session, Keys& keys, Prompt& prompt, Deadline& deadline)
      : session_(session), keys_(keys), prompt_(prompt), deadline_(deadline), target_(session.target()) {}

  void run() {
    if (plain_files() || agent() || locked_files() || password() || keyboard()) return;
    fail();
  }

 private:
  template <class Call>
  int call(Call function) {
    const int rc = answer(function);
    if (rc == SSH_AUTH_ERROR && !session_.connected()) disconnected();
    if (rc != SSH_AUTH_AGAIN) return rc;
    throw Error(ErrorKind::unreachable, fmt::format("{} did not answer the login in time", target_.alias), {},
                "is the machine overloaded, or its login waiting for something (a directory service)?");
  }

  template <class Call>
  int answer(Call function) {
    try {
      return session_.until_done(SSH_AUTH_AGAIN, deadline_, function);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::unreachable || session_.connected()) throw;
      return SSH_AUTH_ERROR;
    }
  }

  /// A person's time is not the server's.
  template <class Call>
  auto asking(Call function) {
    const auto begin = Clock::now();
    auto answer = function();
    deadline_ += Clock::now() - begin;
    check_stop(session_.options().stop_fd);
    return answer;
  }

  bool offer(const PublicKey& shown) {
    ssh_key key = nullptr;
    if (ssh_pki_import_pubkey_base64(shown.base64.c_str(), ssh_key_type_from_name(shown.type.c_str()), &key) != SSH_OK)
      return false;
    const KeyHandle handle(key);
    return call([&] { return ssh_userauth_try_publickey(session_.raw(), nullptr, key); }) == SSH_AUTH_SUCCESS;
  }

  bool sign(const KeyFile& file) {
    return call([&] { return ssh_userauth_publickey(session_.raw(), nullptr, file.secret.get()); }) == SSH_AUTH_SUCCESS;
  }

  bool first_time(const PublicKey& key) {
    if (std::ranges::find(seen_, key.base64) != seen_.end()) return false;
    seen_.push_back(key.base64);
    return true;
  }

  bool plain_files() {
    bool first = true;
    for (const auto& path : target_.identities) {
      const KeyFile file = keys_.look(path);
      if (file.state == KeyFile::State::bad) skipped_.push_back(fmt::format("{} ({})", path, file.why));
      if (file.state == KeyFile::State::absent) absent_.push_back(path);
      if (file.state != KeyFile::State::usable || !first_time(file.shown)) continue;
      tried_.push_back(fmt::format("{} ({})", path, file.shown.fingerprint));
      // The first is not asked about: a key that is refused costs as much as the question would have.
      if ((std::exchange(first, false) || offer(file.shown)) && sign(file)) return true;
    }
    return false;
  }

  std::vector<AgentKey> wanted_keys() {
    auto held =
        agent_keys(target_.agent, std::min(deadline_, Clock::now() + agent_patience), session_.options().stop_fd);
    std::vector<AgentKey> wanted;
    const auto take = [&](const AgentKey& key) {
      if (first_time({"", key.base64, ""})) wanted.push_back(key);
    };
    for (const auto& path : target_.identities) {
      const std::string named = keys_.look(path).shown.base64;
      for (const auto& key : held)
        if (!named.empty() && key.base64 == named) take(key);
    }
    if (!target_.identities_only) std::ranges::for_each(held, take);
    return wanted;
  }

  bool agent() {
    if (target_.agent.empty()) return false;
    const auto wanted = wanted_keys();
    if (wanted.empty()) return false;
    for (const auto& key : wanted) tried_.push_back(fmt::format("agent key {}", key.comment));
    // libssh keeps the socket until the session ends, and reads from it only in here.
    auto relay = std::make_shared<AgentRelay>(target_.agent, wanted, deadline_, session_.options().stop_fd);
    ssh_set_agent_socket(session_.raw(), relay->take_socket());
    session_.keep(relay);
    std::size_t left = wanted.size() + 1;
    while (!relay->keys().empty() && relay->keys().size() < left) {
      left = relay->keys().size();
      const int rc = call([&] { return ssh_userauth_agent(session_.raw(), nullptr); });
      check_stop(session_.options().stop_fd);
      if (rc == SSH_AUTH_SUCCESS) return true;
      if (rc != SSH_AUTH_ERROR) return false;
    }
    skipped_.push_back("a key that the agent would not sign with");
    return false;
  }

  bool locked_files() {
    for (const auto& path : target_.identities) {
      const KeyFile file = keys_.look(path);
      if (file.state != KeyFile::State::encrypted) continue;
      const bool known = !file.shown.base64.empty();
      if (known && (!first_time(file.shown) || !offered(path, file))) continue;
      const KeyFile open = asking([&] { return keys_.unlock(path); });
      if (open.state != KeyFile::State::usable) {
        skipped_.push_back(fmt::format("{} ({})", path, open.why));
        continue;
      }
      if (!known) tried_.push_back(fmt::format("{} ({})", path, open.shown.fingerprint));
      if (sign(open)) return true;
    }
    return false;
  }

  bool offered(const std::string& path, const KeyFile& file) {
    tried_.push_back(fmt::format("{} ({})", path, file.shown.fingerprint));
    return offer(file.shown);
  }

  int methods() {
    // Nothing was tried yet: only an empty request makes the server say what it takes.
    if (tried_.empty() && ssh_userauth_list(session_.raw(), nullptr) == 0)
      call([&] { return ssh_userauth_none(session_.raw(), nullptr); });
    return ssh_userauth_list(session_.raw(), nullptr);
  }

  bool password() {
    if ((methods() & SSH_AUTH_METHOD_PASSWORD) == 0) return false;
    for (int attempt = 0; attempt < 3; ++attempt) {
      const auto secret = asking([&] { return prompt_.password(target_.user, target_.alias); });
      if (!secret || secret->empty()) return false;
      if (attempt == 0) tried_.push_back("a password");
      const int rc = call([&] { return ssh_userauth_password(session_.raw(), nullptr, secret->reveal().c_str()); });
      if (rc == SSH_AUTH_SUCCESS) return true;
      if (rc != SSH_AUTH_DENIED || !prompt_.interactive()) return false;
    }
    return false;
  }

  /// Servers that ask PAM offer the password this way.
  bool keyboard() {
    const int offered = methods();
    if ((offered & SSH_AUTH_METHOD_INTERACTIVE) == 0 || (offered & SSH_AUTH_METHOD_PASSWORD) != 0) return false;
    for (int round = 0; round < 8; ++round) {
      const int rc = call([&] { return ssh_userauth_kbdint(session_.raw(), nullptr, nullptr); });
      if (rc == SSH_AUTH_SUCCESS) return true;
      if (rc != SSH_AUTH_INFO) return false;
      const int questions = ssh_userauth_kbdint_getnprompts(session_.raw());
      char echo = 0;
      if (questions == 0) continue;
      ssh_userauth_kbdint_getprompt(session_.raw(), 0, &echo);
      if (questions > 1 || echo != 0) {
        skipped_.push_back("keyboard-interactive (it asks for more than a password)");
        return false;
      }
      const auto secret = asking([&] { return prompt_.password(target_.user, target_.alias); });
      if (!secret || secret->empty()) return false;
      if (round == 0) tried_.push_back("a password");
      ssh_userauth_kbdint_setanswer(session_.raw(), 0, secret->reveal().c_str());
    }
    return false;
  }

  std::string story() const {
    std::string text = fmt::format("{} does not let {} in", target_.alias, target_.user);
    if (!tried_.empty()) text += "; tried " + util::join(tried_, ", ");
    if (!skipped_.empty()) text += "; could not use " + util::join(skipped_, ", ");
    return text;
  }

  [[noreturn]] void disconnected() const {
    const std::string why = session_.reason();
    if (why.find("oo many authentication failures") == std::string::npos) session_.lost();
    throw Error(
        ErrorKind::unreachable, story() + "; it hung up after too many keys", {},
        "name the right key: `identity:` in the playbook, or IdentityFile with IdentitiesOnly in ~/.ssh/config");
  }

  [[noreturn]] void fail() const {
    std::vector<std::string> takes;
    const int methods = ssh_userauth_list(session_.raw(), nullptr);
    if (methods & SSH_AUTH_METHOD_PUBLICKEY) takes.push_back("publickey");
    if (methods & SSH_AUTH_METHOD_PASSWORD) takes.push_back("password");
    if (methods & SSH_AUTH_METHOD_INTERACTIVE) takes.push_back("keyboard-interactive");
    if (methods & SSH_AUTH_METHOD_GSSAPI_MIC) takes.push_back("gssapi-with-mic");
    if (methods & SSH_AUTH_METHOD_HOSTBASED) takes.push_back("hostbased");
    std::string text = story();
    if (tried_.empty()) text += "; no key was found" + (absent_.empty() ? "" : " at " + util::join(absent_, ", "));
    if (!takes.empty()) text += "; it takes " + util::join(takes, ", ");
    throw Error(ErrorKind::unreachable, text, {},
                tried_.empty() ? "give `identity:` in the playbook, or load a key into ssh-agent"
                               : fmt::format("is {} the right user, and is one of these keys in its authorized_keys?",
                                             target_.user));
  }

  Session& session_;
  Keys& keys_;
  Prompt& prompt_;
  Deadline& deadline_;
  const Target& target_;
  std::vector<std::string> seen_, tried_, absent_, skipped_;
};

}  // namespace

void authenticate(Session& session, Keys& keys, Prompt& prompt, Deadline& deadline) {
  Attempt(session, keys, prompt, deadline).run();
}

}  // namespace gpuctl::ssh
