#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "ssh/host_key.hpp"

namespace gpuctl::ssh {

/// One line of a known_hosts file.
struct KnownHost {
  std::string marker;  ///< empty, `@revoked` or `@cert-authority`
  std::string hosts;   ///< patterns with commas between them, or one hashed name
  std::string type;
  std::string base64;
  core::Where where;
};

enum class Trust {
  known,
  unknown,
  changed,     ///< another key of the same type is known
  other_type,  ///< only keys of other types are known
  revoked,
  by_authority  ///< only a certificate authority is known for the host
};

struct Judgement {
  Trust trust = Trust::unknown;
  core::Where where;  ///< of the line that decided
};

/// The lines of known_hosts files. What is not a line of that format is passed over, as OpenSSH does.
class KnownHosts {
 public:
  void add(const std::string& text, const std::string& file);
  /// Absent files are fine.
  static KnownHosts read(const std::vector<std::string>& files);

  /// What the files say about `key` of the host called `name` (as known_host_name() writes it).
  Judgement judge(const std::string& name, const PublicKey& key) const;
  /// The types of keys known for it, so that one of these is negotiated.
  std::vector<std::string> types(const std::string& name) const;

 private:
  std::vector<KnownHost> lines_;
};

/// How known_hosts files call a host: `name`, or `[name]:port` where the port is not 22. An alias stands alone.
std::string known_host_name(const std::string& address, int port, const std::string& alias);

/// Appends a line for the host, in one write. Makes the file (0600) and its folder (0700) where they are missing.
/// Throws Error{failed}.
void remember(const std::string& file, const std::string& name, const PublicKey&);

}  // namespace gpuctl::ssh
