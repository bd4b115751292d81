#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "chart/source/remote.hpp"
#include "cli/arguments.hpp"
#include "core/cluster.hpp"
#include "core/plan.hpp"
#include "core/ports.hpp"
#include "core/seal.hpp"
#include "core/secret_store.hpp"
#include "engine/task.hpp"

namespace gpuctl::cli {

/// The hosts of a run and its cluster, reached when they are first asked for. Called from several threads, for one lane
/// from one at a time.
struct Fleet {
  virtual ~Fleet() = default;
  /// Eyes. Throws core::Error{unreachable}.
  virtual core::Observer& observer(const engine::Lane&) = 0;
  /// Hands, for provision alone.
  virtual core::Actor& actor(const engine::Lane&) = 0;
  /// What runs pods in the cluster, for verify and provision.
  virtual core::Prover& prover(const engine::Lane&) = 0;
  /// The Secrets of the cluster, where releases are kept.
  virtual core::SecretStore& secrets() = 0;
};

/// What the surroundings of the process are to the commands. main joins the real ones, a test its own.
struct World {
  std::function<std::optional<std::string>(const std::string&)> variable;  ///< of the environment
  std::function<void(std::string_view)> out;                               ///< standard output; redacted on the way
  std::function<void(std::string_view)> err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::size_t columns = 0;  ///< of the terminal; 0: there is none

  std::function<std::string(const std::string& path)> read;  ///< throws Error{invalid}
  /// The next line of standard input, without its newline; false at its end.
  std::function<bool(std::string&)> line;
  /// As core::Source::list.
  std::function<std::vector<std::string>(const std::string& path)> list;
  /// Beside, synced, renamed; `-` is standard output. Throws Error{failed}.
  std::function<void(const std::string& path, const std::string& content)> write;

  /// What stands for the values of Secrets in this run's playbook and plan.
  std::shared_ptr<core::Seal> seal = std::make_shared<core::Seal>();
  bool is_for_later = false;  ///< what this run plans is performed by another, or was planned by another
  std::function<std::string(const std::string&)> redact;  ///< takes this run's secrets out of a text

  /// A yes or no from the person at the terminal; nothing: nobody is there.
  std::function<std::optional<bool>(const std::string& question)> confirm;
  /// Called before each question, so that a progress line can make room.
  std::function<void()>* before_question = nullptr;

  std::function<std::unique_ptr<Fleet>(const Arguments&, const std::optional<core::Cluster>&)> fleet;
  /// Charts of repositories and registries.
  std::function<std::unique_ptr<chart::Remote>(const chart::RemoteOptions&)> remote;
  std::stop_token stop;
};

}  // namespace gpuctl::cli
