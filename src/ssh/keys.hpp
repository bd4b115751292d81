#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "ssh/handle.hpp"
#include "ssh/host_key.hpp"
#include "ssh/prompt.hpp"

namespace gpuctl::ssh {

/// A key file, as far as it can be used.
struct KeyFile {
  enum class State {
    absent,
    usable,     ///< the private half is at hand
    encrypted,  ///< only the public half is, until a passphrase is known
    bad,        ///< `why` says it
  };
  State state = State::absent;
  PublicKey shown;  ///< empty for an encrypted key in an old format without a .pub file
  std::shared_ptr<ssh_key_struct> secret;
  std::string why;
};

/// The key files of a run, each read and unlocked once, however many hosts want it. Thread-safe.
class Keys {
 public:
  explicit Keys(Prompt& prompt) : prompt_(prompt) {}

  /// What the file holds without asking anybody.
  KeyFile look(const std::string& path);
  /// Asks for the passphrase of an encrypted key, three times at most, and once in a run. State encrypted with a `why`:
  /// there was none, or it was wrong.
  KeyFile unlock(const std::string& path);

 private:
  KeyFile& known(const std::string& path);

  Prompt& prompt_;
  std::mutex mutex_;
  std::map<std::string, KeyFile> files_;
};

}  // namespace gpuctl::ssh
