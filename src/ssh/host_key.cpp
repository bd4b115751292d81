#include "ssh/host_key.hpp"

#include <algorithm>
#include <memory>

#include "ssh/handle.hpp"
#include "util/strings.hpp"

namespace gpuctl::ssh {

namespace {

std::string fingerprint(ssh_key key) {
  unsigned char* hash = nullptr;
  std::size_t size = 0;
  if (ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash, &size) != 0) return {};
  char* text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, size);
  ssh_clean_pubkey_hash(&hash);
  if (text == nullptr) return {};
  std::string result = text;
  ssh_string_free_char(text);
  return result;
}

}  // namespace

PublicKey public_key(ssh_key key) {
  PublicKey result;
  if (key == nullptr) return result;
  if (const char* type = ssh_key_type_to_char(ssh_key_type(key))) result.type = type;
  char* base64 = nullptr;
  if (ssh_pki_export_pubkey_base64(key, &base64) == SSH_OK) {
    result.base64 = base64;
    ssh_string_free_char(base64);
  }
  result.fingerprint = fingerprint(key);
  return result;
}

const std::vector<std::string>& host_key_types() {
  static const std::vector<std::string> types{"ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
                                              "ecdsa-sha2-nistp521", "ssh-rsa"};
  return types;
}

std::string host_key_order(const std::vector<std::string>& known) {
  std::vector<std::string> types = known;
  for (const auto& type : host_key_types())
    if (std::ranges::find(types, type) == types.end()) types.push_back(type);
  for (auto& type : types)
    if (type == "ssh-rsa") type = "rsa-sha2-512,rsa-sha2-256";
  return util::join(types, ",");
}

}  // namespace gpuctl::ssh
