#pragma once

#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/facts.hpp"
#include "core/helm.hpp"
#include "core/kube_action.hpp"

namespace gpuctl::core {

/// Writes beside the target, syncs, renames. Where the file exists, owner, group and mode are kept; else these are
/// used.
struct WriteFile {
  std::string path;
  std::string content;
  std::string mode = "0644";
  std::string owner = "root";
  std::string group = "root";
  bool operator==(const WriteFile&) const = default;
};

/// Removes a file; an absent one is fine.
struct RemoveFile {
  std::string path;
  bool operator==(const RemoveFile&) const = default;
};

struct PackageVersion {
  std::string name;
  std::string version;  ///< empty: whatever apt chooses
  bool operator==(const PackageVersion&) const = default;
};

/// Unhold, install, hold, in one job: noninteractive, configuration files kept, the lock waited for.
struct InstallPackages {
  std::vector<PackageVersion> packages;
  bool hold = false;
  int lock_timeout_s = 300;
  bool operator==(const InstallPackages&) const = default;
};

/// Finishes what an interrupted dpkg left: `dpkg --configure -a`.
struct ConfigurePackages {
  int lock_timeout_s = 300;
  bool operator==(const ConfigurePackages&) const = default;
};

/// Sets or lifts the hold of installed packages.
struct HoldPackages {
  std::vector<std::string> packages;
  bool hold = true;
  bool operator==(const HoldPackages&) const = default;
};

/// `apt-get update` of one source list alone; a broken foreign repository is no obstacle.
struct RefreshIndex {
  std::string list;  ///< path of the .list file
  std::string uri;   ///< as AptIndex has it
  std::string suite;
  int lock_timeout_s = 300;
  bool operator==(const RefreshIndex&) const = default;
};

/// `systemctl restart`, or `start` for a unit that does not run; reloads the manager first where it asks for that.
/// Where the unit makes a file or socket once it is up, that is waited for too, for some seconds at most: whether it
/// came is looked at afterwards.
struct RestartUnit {
  std::string unit;
  std::string makes;  ///< a path; empty: none
  bool operator==(const RestartUnit&) const = default;
};

/// `systemctl enable`.
struct EnableUnit {
  std::string unit;
  bool operator==(const EnableUnit&) const = default;
};

/// A command, without a shell. What it changes is said by the Mend's promises.
struct Run {
  std::vector<std::string> argv;
  std::string title;  ///< for people, without a secret
  int timeout_s = 300;
  bool operator==(const Run&) const = default;
};

struct Action : std::variant<WriteFile, RemoveFile, InstallPackages, ConfigurePackages, HoldPackages, RefreshIndex,
                             RestartUnit, EnableUnit, Run, KubeApply, KubeDelete, KubeTaint, HelmChange> {
  GPUCTL_ONE_OF(Action);
};

/// An action on the cluster, not on a host.
template <class A>
inline constexpr bool is_on_cluster = std::is_same_v<A, KubeApply> || std::is_same_v<A, KubeDelete> ||
                                      std::is_same_v<A, KubeTaint> || std::is_same_v<A, HelmChange>;

/// One line for people, the imperative: `write /etc/x (0644, 12 bytes)`, `restart k3s-agent.service`.
std::string describe(const Action&);
bool equal(const Action&, const Action&);

/// Applies to `facts` what a gather after `action` will find, and advances the clock by a microsecond. Pure.
/// Only what `facts` already has an answer for is touched, so that nothing has to be gathered for the prediction's
/// sake; a question that is asked late gets the earlier actions replayed onto it. Promises of a Mend come after.
void predict(const Action&, Facts& facts);

}  // namespace gpuctl::core
