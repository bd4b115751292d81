#include "ssh/host_check.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/error.hpp"
#include "util/strings.hpp"

namespace gpuctl::ssh {

namespace {

using core::Error;
using core::ErrorKind;

[[noreturn]] void refuse_host(std::string message, core::Where where, std::string hint) {
  throw Error(ErrorKind::refused, std::move(message), std::move(where), std::move(hint));
}

std::string remove_hint(const std::string& name, const core::Where& where) {
  return fmt::format("if the host was installed anew, remove the line: ssh-keygen -f {} -R '{}'", where.file, name);
}

}  // namespace

HostCheck::HostCheck(const Target& target, Prompt& prompt)
    : target_(target), prompt_(prompt), name_(known_host_name(target.address, target.port, target.host_key_alias)) {
  if (!target.pinned.empty()) return;
  auto files = target.known_hosts;
  files.insert(files.end(), target.global_known_hosts.begin(), target.global_known_hosts.end());
  known_ = KnownHosts::read(files);
}

std::string HostCheck::order() const {
  if (target_.pinned.empty()) return host_key_order(known_.types(name_));
  // A fingerprint does not tell its type: those that were already shown go last.
  std::vector<std::string> types;
  for (const auto& type : host_key_types())
    if (std::ranges::find(refused_types_, type) == refused_types_.end()) types.push_back(type);
  return host_key_order(types);
}

bool HostCheck::accept(const PublicKey& shown) {
  if (!target_.pinned.empty()) return accept_pinned(shown);
  const Judgement judgement = known_.judge(name_, shown);
  switch (judgement.trust) {
    case Trust::known:
      return true;
    case Trust::unknown:
      ask(shown);
      return true;
    case Trust::changed:
      refuse_host(
          fmt::format("the host key of {} has changed: its {} key is now {}", name_, shown.type, shown.fingerprint),
          judgement.where, remove_hint(name_, judgement.where) + "; else somebody may be listening in");
    case Trust::other_type:
      refuse_host(
          fmt::format("{} shows a {} key ({}), known is a key of another type", name_, shown.type, shown.fingerprint),
          judgement.where, "if that key is right as well, add it: ssh-keyscan");
    case Trust::revoked:
      refuse_host(fmt::format("the host key of {} is revoked: {}", name_, shown.fingerprint), judgement.where,
                  "somebody has declared this key stolen or void; do not connect");
    case Trust::by_authority:
      refuse_host(
          fmt::format("{} is known only by a certificate authority, and host certificates are not supported", name_),
          judgement.where,
          fmt::format("pin its key: host_key: {} (after comparing it at the machine)", shown.fingerprint));
  }
  return false;
}

bool HostCheck::accept_pinned(const PublicKey& shown) {
  if (shown.fingerprint == target_.pinned) return true;
  const bool seen = std::ranges::find(refused_types_, shown.type) != refused_types_.end();
  if (!seen) {
    refused_types_.push_back(shown.type);
    shown_.push_back(fmt::format("{} ({})", shown.fingerprint, shown.type));
    if (refused_types_.size() < host_key_types().size()) return false;
  }
  refuse_host(fmt::format("{} does not have the pinned host key {}; it shows {}", name_, target_.pinned,
                          util::join(shown_, ", ")),
              {}, "if the host was installed anew, pin its new key: host_key in the playbook; else do not connect");
}

void HostCheck::ask(const PublicKey& shown) {
  const std::string file = target_.known_hosts.empty() ? std::string() : target_.known_hosts.front();
  const bool may_ask = target_.ask_unknown && prompt_.interactive();
  if (may_ask && prompt_.confirm_host_key(name_, shown.fingerprint, shown.type)) {
    if (!file.empty()) remember(file, name_, shown);
    return;
  }
  const std::string message =
      fmt::format("the host key of {} is not known: {} {}", name_, shown.type, shown.fingerprint);
  if (may_ask) refuse_host(message, {}, "it was not confirmed");
  const std::string port = target_.port == 22 ? "" : fmt::format("-p {} ", target_.port);
  refuse_host(
      message, {},
      fmt::format("compare it at the machine (ssh-keygen -lf /etc/ssh/ssh_host_…_key.pub), then pin it as `host_key: "
                  "{}` in the playbook, or add it: ssh-keyscan {}{} >> {}",
                  shown.fingerprint, port, target_.address, file.empty() ? "known_hosts" : file));
}

}  // namespace gpuctl::ssh
