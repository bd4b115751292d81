#pragma once

#include <compare>
#include <string>
#include <variant>
#include <vector>

#include "core/kube.hpp"
#include "core/one_of.hpp"

namespace gpuctl::core {

// Each probe is one read-only question to a host. What its Answer looks like stands beside it; keys of a Record are in
// quotes. An answer is Absent when the thing asked for does not exist, Failed when it could not be read.

/// The host's clock. Record: "now" (Time).
struct Clock {
  auto operator<=>(const Clock&) const = default;
};

/// What kind of system this is. Record: "id", "version", "codename", "name" (os-release), "kernel", "arch" (dpkg's
/// word: amd64), "hostname", "user", "boot" (boot id), "systemd" (yes|no), "apt" (yes|no).
struct Platform {
  auto operator<=>(const Platform&) const = default;
};

/// A file's content, at most 64 KiB. Text.
struct FileText {
  std::string path;
  auto operator<=>(const FileText&) const = default;
};

/// One path, symlinks followed. Record: "type" (file|directory|other), "mode" (octal, four digits), "owner", "group",
/// "size" (bytes), "ctime" (Time).
struct Stat {
  std::string path;
  auto operator<=>(const Stat&) const = default;
};

/// Every regular file that a shell glob matches. Record: path -> content, at most 64 KiB together; no match: an empty
/// record.
struct Files {
  std::string glob;
  auto operator<=>(const Files&) const = default;
};

/// As Files, but path -> ctime (Time).
struct Stats {
  std::string glob;
  auto operator<=>(const Stats&) const = default;
};

/// An OpenPGP keyring file. Record: "fingerprints" (upper-case hex of the primary keys, sorted, joined by commas),
/// "form" (binary|armoured|malformed), "sha256" (of the file); of a malformed one "why".
struct Keyring {
  std::string path;
  auto operator<=>(const Keyring&) const = default;
};

/// The runtime handlers in the configuration that a containerd would read, root file and imports merged by containerd's
/// rule. Record: "version" (of the root file), "default" (default_runtime_name), "handler.NAME" (its binary),
/// "type.NAME" (runtime_type), "explicit.NAME" (yes when the file names it, no when it is built in), "imports" (globs,
/// absolute, one a line), "newer" (imported files whose version is above the root's, if any), "header" (first comment
/// line), "files" (what was read, in that order, one a line), "containerd" (its version, where the root's does not tell
/// enough: `1.6.20`), "merge" (by key: containerd 1.x; deep: 2.x), "shadowing" (the imported file whose CRI section
/// replaced, by key, one that said something else, if any), "systemd_cgroup.NAME" (yes|no, where given). Absent: no
/// root file. CRI-O's, where its root file is asked about: these as far as it has them, and never Absent.
struct Handlers {
  std::string config;  ///< path of the root file
  auto operator<=>(const Handlers&) const = default;
};

/// What `nvidia-ctk runtime configure` would leave behind (its dry run, merged as Handlers does). The same Record;
/// Absent when there is no nvidia-ctk on the host.
struct HandlersAfterConfigure {
  std::string config;
  std::string drop_in;  ///< empty: nvidia-ctk's default
  std::string handler;
  bool set_as_default = false;
  auto operator<=>(const HandlersAfterConfigure&) const = default;
};

/// A dpkg package. Record: "version", "want" (install|hold|…), "status" (installed|unpacked|half-configured|…).
struct Package {
  std::string name;
  auto operator<=>(const Package&) const = default;
};

/// The versions of a package that apt's index offers now. Record: "versions" (newest first, joined by spaces).
struct Available {
  std::string package;
  auto operator<=>(const Available&) const = default;
};

/// apt's index of one repository. Record: "refreshed" (Time: ctime of the InRelease or Release file).
struct AptIndex {
  std::string uri;    ///< with $(ARCH) already resolved or not; both are found
  std::string suite;  ///< "/" for a flat repository
  auto operator<=>(const AptIndex&) const = default;
};

/// A systemd unit. Record: "load" (loaded|not-found|masked), "active", "sub", "enabled", "since" (Time: when it became
/// active), "started" (Time: ExecMainStartTimestamp, when systemd noted that its main process runs; a unit of
/// Type=notify is active only later), "begun" (Time: when systemd began to start it, which is before its main process
/// did anything; on a busy host it notes "started" only after the process has worked for a while), "needs_reload"
/// (yes|no), "kill_mode", "fragment" (path), "result". A unit that does not exist is a record too: load=not-found.
struct Unit {
  std::string name;  ///< with its suffix: k3s-agent.service
  auto operator<=>(const Unit&) const = default;
};

/// A read-only command, without a shell. Record: "exit" (decimal), "stdout", "stderr" (each at most 64 KiB). Failed
/// when it could not be started or did not end in time.
struct Command {
  std::vector<std::string> argv;
  bool sudo = true;    ///< false: as the login user
  int timeout_s = 10;  ///< seconds
  auto operator<=>(const Command&) const = default;
};

/// A file that gpuctl itself fetches, never the node. Text (bytes), at most 1 MiB.
struct Download {
  std::string url;
  auto operator<=>(const Download&) const = default;
};

/// The cluster's API server. Record: "version" (v1.35.4), "url", "through" (the host it is reached through, if any).
struct KubeServer {
  auto operator<=>(const KubeServer&) const = default;
};

/// One object of the cluster. Record: JSON pointer -> text of the leaf (as record_of has it), without managedFields;
/// "managers": who has written to it (a subresource such as status does not count), one a line
/// (`kubectl-client-side-apply`), the longest unheard first. Absent: there is none.
/// Failed: it may not be read, or the cluster knows no such kind.
struct KubeObject {
  KubeRef object;
  auto operator<=>(const KubeObject&) const = default;
};

/// Objects of one kind. Record: `NAMESPACE/NAME` (`/NAME` where there is no namespace) -> its uid, and
/// `NAMESPACE/NAME#POINTER` -> text of the leaf for each leaf at or below a pointer of `keep`. No object: an empty
/// record.
struct KubeList {
  std::string api_version;
  std::string kind;
  std::string namespace_;         ///< empty: all
  std::string labels;             ///< a label selector
  std::string fields;             ///< a field selector
  std::vector<std::string> keep;  ///< JSON pointers
  auto operator<=>(const KubeList&) const = default;
};

/// What the server says an apply would make of the object: its dry run. Record as KubeObject. Failed: it refuses, with
/// its words. Absent: it cannot be asked, because the namespace or the kind is not there yet, or the right to do so.
struct KubeDryRun {
  KubeRef object;
  Fields fields;
  std::string manager;
  bool force = false;
  auto operator<=>(const KubeDryRun&) const = default;
};

/// The end of a container's log. Text. Absent: the container has not run.
struct KubeLog {
  std::string namespace_;
  std::string pod;
  std::string container;
  int lines = 40;
  auto operator<=>(const KubeLog&) const = default;
};

/// What a chart's `lookup` finds: an object, or without a name all of a namespace. Text: a word of Seal's that stands
/// for the JSON. Absent: there is none.
struct KubeLookup {
  KubeRef object;
  auto operator<=>(const KubeLookup&) const = default;
};

/// Every kind that the cluster serves. Record: `GROUP/VERSION/KIND` (`v1/Pod`) -> its scope,
/// `namespaced` or `cluster`.
struct KubeApis {
  auto operator<=>(const KubeApis&) const = default;
};

/// The releases that Helm's Secrets hold in a namespace. Record, of each release: NAME -> the number of its last
/// revision, and of that "NAME#status", "NAME#description", "NAME#updated" (RFC 3339), "NAME#chart" (its name),
/// "NAME#version", "NAME#content" (a digest of the chart), "NAME#config" (one of the user's values), "NAME#origin"
/// (what gpuctl rendered it from, where it did), "NAME#manifest" and "NAME#method" (ssa|csa); "NAME#from",
/// "NAME#from_manifest" and "NAME#from_method" where the cluster has the objects of another revision; "NAME#trouble":
/// why a revision could not be read. Values of Secrets are words of Seal's. No release: an empty record.
struct HelmReleases {
  std::string namespace_;
  std::string name;  ///< empty: all of the namespace
  auto operator<=>(const HelmReleases&) const = default;
};

/// A pod that is made, watched to its end and read: what a Prover does, and nobody else. Record: "phase"
/// (Succeeded|Failed|Pending|Running), "node", "reason", "message" (what it failed of, or what stood in its way),
/// "exit" (of its first container), "log" (of that, at most 64 KiB; Absent: it has none, and "log_why" says why it
/// could not be read), "events" (one a line, oldest first: `Warning FailedScheduling: …`), "kept" (yes: it is still
/// there, until Prover::clear). Failed: it could not be made, with the server's words.
struct PodProof {
  KubeRef pod;
  Fields fields;        ///< the whole object, as it is created
  int timeout_s = 600;  ///< from its creation to its end
  auto operator<=>(const PodProof&) const = default;
};

struct Probe : std::variant<Clock, Platform, FileText, Stat, Files, Stats, Keyring, Handlers, HandlersAfterConfigure,
                            Package, Available, AptIndex, Unit, Command, Download, KubeServer, KubeObject, KubeList,
                            KubeDryRun, KubeLog, KubeLookup, KubeApis, HelmReleases, PodProof> {
  GPUCTL_ONE_OF(Probe);
};

/// Whether the question goes to the cluster and not to a host.
bool asks_cluster(const Probe&);

/// A total order, so that probes can be keys. Out of line: comparing variants is dear to compile.
bool less(const Probe&, const Probe&);
bool equal(const Probe&, const Probe&);

struct ProbeLess {
  bool operator()(const Probe& a, const Probe& b) const { return less(a, b); }
};

/// How a person would name the question: `file /etc/apt/sources.list.d/x.list`, `unit k3s-agent.service`.
std::string describe(const Probe&);

}  // namespace gpuctl::core
