#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/cluster.hpp"
#include "core/host.hpp"
#include "core/ports.hpp"
#include "steps/step.hpp"

namespace gpuctl::playbook {

/// One entry of `steps`: the same step, made for each host it runs on.
struct Use {
  std::string name;  ///< its id: `name`, else the kind; unique
  std::string kind;
  core::Where where;
  std::optional<std::chrono::milliseconds> settle;
  std::map<std::string, steps::Step> on;  ///< host name -> the step
};

/// What a playbook says, resolved and checked. Immutable once built.
struct Playbook {
  std::string path;
  std::vector<core::Host> hosts;   ///< those that a step is for, in the order written
  std::vector<core::Host> others;  ///< those that no step is for: jump hosts
  std::optional<core::Cluster> cluster;
  std::vector<Use> steps;
  std::string sha256;  ///< over the resolved content and the files it names: the same intent has the same digest
};

struct Text {
  std::string path;
  std::string content;
};

/// What parse() is given; files are already read.
struct Input {
  Text playbook;
  std::vector<Text> overlays;                                 ///< --overlay, in order
  std::vector<Text> vars;                                     ///< --vars, in order
  std::vector<std::pair<std::string, std::string>> settings;  ///< --set name=value, in order
};

/// Throws core::Error{invalid} at file:line:column with the key, what was expected and the nearest known name, and
/// Error{usage} for a wrong `--set`. A step without `on` is for every host that no other one is reached through.
Playbook parse(const Input& input, core::Source& source);

/// The YAML documents of a file that a playbook names, as core::Source has them. Variables are not replaced in them.
std::vector<core::Node> documents(const Text& text);

}  // namespace gpuctl::playbook
