#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

#include "core/change.hpp"
#include "core/params.hpp"

namespace gpuctl::steps {

/// Names of step kinds.
using Kinds = std::vector<std::string_view>;

/// What a kind is about, and so whom it asks and how often it is done.
enum class Scope {
  host,     ///< a host; asks it, and the cluster where the host is a node of one
  node,     ///< a host as a node of the cluster: once for each host, asks the cluster alone
  cluster,  ///< the cluster: once, whatever hosts there are
};

/// What every step kind is: desired state, its questions as data, and one pure function from answers to change.
template <class S>
concept StepKind = requires(const S& step, core::Params& params, const core::Facts& known) {
  { S::kind } -> std::convertible_to<std::string_view>;  // its name in playbooks, a noun
  { S::doc } -> std::convertible_to<std::string_view>;   // one line, for the man page and `--help`
  { S::stands_on() } -> std::same_as<Kinds>;             // whose failed check makes a failed one of ours blocked by it
  { S::from(params) } -> std::same_as<S>;                // throws Error at file:line:column
  { step.title() } -> std::same_as<std::string>;         // what stands behind the kind in a plan: `k3s-agent`
  {
    step.probes(known)
  } -> std::same_as<std::vector<core::Probe>>;         // pure; with {} first, then until nothing new is asked
  { step.plan(known) } -> std::same_as<core::Change>;  // pure
};

}  // namespace gpuctl::steps
