#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/plan.hpp"

namespace gpuctl::engine {

/// What a plan was made from, so that it can be made again.
struct Origin {
  std::string playbook;
  std::vector<std::string> overlays;
  std::vector<std::string> vars;
  std::vector<std::pair<std::string, std::string>> settings;
  std::vector<std::string> only;
  std::vector<std::string> skip;
  bool operator==(const Origin&) const = default;
};

struct SavedStep {
  std::string name;
  core::Change change;
};

/// One host's plan, with the answers it was decided on.
struct SavedHost {
  std::string name;
  core::Facts observed;
  std::vector<SavedStep> steps;
};

/// A plan that somebody reviews before it is performed.
struct SavedPlan {
  Origin origin;
  std::string sha256;  ///< of the playbook, resolved
  std::string salt;    ///< of the words that stand for Secrets' values (core::Seal)
  std::string id;      ///< of the run that made it
  std::string started;
  std::vector<SavedHost> hosts;
};

/// Hosts that could not be asked are not in it; what was left out is no step of it.
SavedPlan save(const core::Report& planned, Origin origin, std::string sha256, std::string salt);

std::string to_json(const SavedPlan&);
/// Throws Error{refused} for another format's version, Error{invalid} for what is no saved plan. `path` is for the
/// message.
SavedPlan from_json(const std::string& text, const std::string& path);

}  // namespace gpuctl::engine
