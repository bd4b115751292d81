#pragma once

#include <string>
#include <vector>

#include "ssh/host_key.hpp"
#include "ssh/known_hosts.hpp"
#include "ssh/prompt.hpp"
#include "ssh/target.hpp"

namespace gpuctl::ssh {

/// Decides whether a host is who it says it is. Holds what is known of one target.
class HostCheck {
 public:
  HostCheck(const Target&, Prompt&);

  /// The key types to negotiate, best first.
  std::string order() const;

  /// True: trusted (asked and remembered where it was unknown). False: it is not the pinned key, but a key of another
  /// type may be: connect once more with the new order(). Throws Error{refused}.
  bool accept(const PublicKey& shown);

 private:
  bool accept_pinned(const PublicKey&);
  void ask(const PublicKey&);

  const Target& target_;
  Prompt& prompt_;
  std::string name_;
  KnownHosts known_;
  std::vector<std::string> refused_types_;  // shown, and not the pinned key
  std::vector<std::string> shown_;
};

}  // namespace gpuctl::ssh
