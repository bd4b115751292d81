#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/action.hpp"
#include "core/chart_ref.hpp"
#include "core/facts.hpp"
#include "core/node.hpp"

namespace gpuctl::core {

class Seal;

using Deadline = std::chrono::steady_clock::time_point;

/// Reads the world; one for each host. Throws Error{unreachable} when the host cannot be asked.
struct Observer {
  virtual ~Observer() = default;
  /// Answers every probe: an answer that could not be had is Failed, never missing.
  virtual Facts gather(std::span<const Probe>) = 0;
  /// Returns as soon as an answer differs from `last`, else at the deadline, with the answers then. The waiting is done
  /// on the host (one loop there), not by polling over the link.
  virtual Facts wait(std::span<const Probe>, const Facts& last, Deadline) = 0;
};

/// Makes one labelled pod, watches it to its end and reads its log; nothing else. What stands in the way meanwhile (it
/// cannot be scheduled, its image cannot be pulled) goes to `tells`. Whether the log is the right one is not decided
/// here, so the pod is left there: clear() removes it where the proof was good.
struct Prover {
  virtual ~Prover() = default;
  /// Throws Error: unreachable; interrupted, with what became of the pod.
  virtual Answer prove(const PodProof&, const std::function<void(const std::string&)>& tells) = 0;
  /// Whether the pod of an earlier run is there: that run did not end, or its proof was not good.
  virtual bool is_left(const PodProof&) = 0;
  /// Removes the pod that prove() left; one that is gone, or somebody else's, is left alone.
  virtual void clear(const PodProof&) = 0;
};

/// How the actions of a step ended.
struct Done {
  bool ok = true;
  int failed_action = -1;  ///< index of the first that failed
  std::string evidence;    ///< the end of its output, redacted
  std::string why;         ///< one sentence: `apt-get exited with 100`, `the apt lock is held by apt-get (pid 812)`
  std::string advice;      ///< what to try; empty where `why` says it all
  Facts facts;             ///< answers to `then`, gathered in the same round trip
};

/// Changes the world; one for each host.
struct Actor {
  virtual ~Actor() = default;
  /// Performs the actions in order, as one job that outlives the connection, stops at the first that fails, and then
  /// gathers `then`.
  virtual Done perform(std::span<const Action>, std::span<const Probe> then) = 0;
};

/// A file of a chart, by its path in it.
struct ChartFile {
  std::string name, data;
};

/// What a chart's rendering may use of the machine that gpuctl runs on, as long as the step lives.
struct Workshop {
  virtual ~Workshop() = default;
  virtual std::chrono::system_clock::time_point now() = 0;
  virtual void random(std::span<unsigned char>) = 0;
  /// The TZif file of a time zone; empty: there is none.
  virtual std::optional<std::string> zone(const std::string& name) = 0;
  virtual Seal& seal() = 0;
  /// Whether what is planned is performed by another run, which has to render again.
  virtual bool is_for_later() const { return false; }
};

/// What a pure room needs from the disk. Relative paths are the playbook's. Each throws Error{invalid}.
struct Source {
  virtual ~Source() = default;
  /// The bytes of a file.
  virtual std::string read(const std::string& path) = 0;
  /// The files of a folder, as paths that `read` takes, sorted; hidden ones and folders in it do not count. Of a file:
  /// that file.
  virtual std::vector<std::string> list(const std::string& path) = 0;
  /// The YAML (or JSON) documents of a file, empty ones left out; errors and nodes know file:line:column.
  virtual std::vector<Node> documents(const std::string& path) = 0;
  /// The word that stands for a secret value from now on, and of which only what is sent knows the value (core::Seal).
  virtual std::string sealed(const std::string& value) = 0;
  /// The files of a chart, those aside that its .helmignore names.
  virtual std::vector<ChartFile> chart(const ChartRef&) { throw no_charts(); }
  virtual std::shared_ptr<Workshop> workshop() { throw no_charts(); }

 private:
  static Error no_charts() { return Error(ErrorKind::invalid, "no charts can be read here"); }
};

}  // namespace gpuctl::core
