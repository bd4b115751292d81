#include "ssh/keys.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace gpuctl::ssh {

namespace {

/// libssh asks for a passphrase exactly when the key is encrypted.
int note_question(const char*, char*, std::size_t, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

KeyHandle import_secret(const std::string& path, const char* passphrase, bool* asked) {
  ssh_key key = nullptr;
  const int rc =
      ssh_pki_import_privkey_file(path.c_str(), passphrase, asked != nullptr ? note_question : nullptr, asked, &key);
  KeyHandle handle(key);
  if (rc != SSH_OK) handle.reset();
  return handle;
}

PublicKey public_half(const std::string& path) {
  // The file beside it; the newer private format holds the public half in the clear as well.
  for (const auto& file : {path + ".pub", path}) {
    ssh_key key = nullptr;
    const int rc = ssh_pki_import_pubkey_file(file.c_str(), &key);
    const KeyHandle handle(key);
    if (rc == SSH_OK) return public_key(key);
  }
  return {};
}

KeyFile bad(std::string why) {
  KeyFile file;
  file.state = KeyFile::State::bad;
  file.why = std::move(why);
  return file;
}

KeyFile usable(KeyHandle key) {
  KeyFile file;
  file.state = KeyFile::State::usable;
  file.shown = public_key(key.get());
  file.secret = std::move(key);
  return file;
}

KeyFile read(const std::string& path) {
  struct stat status{};
  if (stat(path.c_str(), &status) != 0) {
    // A public half alone names a key that the agent may hold.
    KeyFile file;
    file.shown = public_half(path);
    file.why = std::strerror(errno == ENOENT ? ENOENT : errno);
    if (!file.shown.base64.empty()) file.state = KeyFile::State::encrypted, file.why = "only its public half is here";
    return file;
  }
  if (access(path.c_str(), R_OK) != 0) return bad("cannot be read");
  if (status.st_uid == geteuid() && (status.st_mode & 077) != 0)
    return bad("others may read it; chmod 600 makes it a secret again");
  bool asked = false;
  if (KeyHandle key = import_secret(path, nullptr, &asked)) return usable(std::move(key));
  KeyFile file;
  file.shown = public_half(path);
  if (!asked && file.shown.base64.empty()) return bad("is not a private key that is understood");
  file.state = KeyFile::State::encrypted;
  if (!asked) file.why = "only its public half is here";
  return file;
}

}  // namespace

KeyFile& Keys::known(const std::string& path) {
  const auto found = files_.find(path);
  if (found != files_.end()) return found->second;
  return files_.emplace(path, read(path)).first->second;
}

KeyFile Keys::look(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  return known(path);
}

KeyFile Keys::unlock(const std::string& path) {
  // The lock is held while a person types: a second host waits for the same answer instead of asking again.
  const std::scoped_lock lock(mutex_);
  KeyFile& file = known(path);
  if (file.state != KeyFile::State::encrypted || !file.why.empty()) return file;
  std::string last;
  for (int attempt = 0; attempt < 3; ++attempt) {
    const auto passphrase = prompt_.passphrase(path);
    if (!passphrase || passphrase->empty()) {
      file.why = attempt == 0 ? "no passphrase given" : "wrong passphrase";
      return file;
    }
    if (KeyHandle key = import_secret(path, passphrase->reveal().c_str(), nullptr)) {
      file = usable(std::move(key));
      return file;
    }
    // The same answer again comes from the environment, not from a person.
    if (passphrase->reveal() == last) break;
    last = passphrase->reveal();
  }
  explicit_bzero(last.data(), last.size());
  file.why = "wrong passphrase";
  return file;
}

}  // namespace gpuctl::ssh
