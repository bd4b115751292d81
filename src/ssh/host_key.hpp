#pragma once

#include <libssh/libssh.h>

#include <string>
#include <vector>

namespace gpuctl::ssh {

/// A public key, as known_hosts and authorized_keys write it.
struct PublicKey {
  std::string type;         ///< `ssh-ed25519`
  std::string base64;       ///< its body
  std::string fingerprint;  ///< `SHA256:…`, as `ssh-keygen -l` shows it
};

/// Nothing is thrown: a key that libssh cannot write down has empty fields.
PublicKey public_key(ssh_key);

/// The host key algorithms to offer, most wanted first: those of the key types in `known`, then the others.
std::string host_key_order(const std::vector<std::string>& known);

/// The types of host keys that are told apart, most wanted first.
const std::vector<std::string>& host_key_types();

}  // namespace gpuctl::ssh
