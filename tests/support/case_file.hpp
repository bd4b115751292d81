#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/facts.hpp"
#include "core/host.hpp"
#include "steps/step.hpp"

namespace gpuctl::test {

/// One file of tests/cases: a step, what the host answers, and the change that must come of it.
///
///   like: converged.yaml           # its facts first, then ours over them, field by field
///   step: {service: {unit: k3s-agent}}
///   host: {gpus: {count: 1, …}}
///   facts:                         # a question as a key, its answer as the value
///     unit k3s-agent.service: {load: loaded, active: active, since: "@100"}
///     file /etc/x: {text: "…"}     # `key:one` stands for the bytes of a test key, `armour:one` for its text
///     package a: absent            # or: unknown STEP, failed WHY
///     object v1 Node w: {object: {metadata: {…}}, managers: kubelet}    # an object as manifests have it
///     list v1 Pod in ml with app=x where spec.nodeName=w: {ml/a: uid, "ml/a#/status/phase": Running}
///     dry_run v1 ConfigMap ml/a: …   # and `proof ml/gpu-test`, `log ml POD CONTAINER`
///   host: {in_cluster: true}       # the host is a node of the playbook's cluster
///   files: {a.yaml: "…"}           # what the playbook can name
///   steps: [...]                   # or several, in order, for a whole plan
///   change: |                      # written anew with GPUCTL_ACCEPT=1; last in the file
///
/// What is not said gets the answer of a bare Ubuntu node: nothing is there.
struct CaseFile {
  explicit CaseFile(std::filesystem::path path);

  /// The answer of this case's host.
  core::Answer answer(const core::Probe&) const;

  std::filesystem::path path;
  core::Facts facts;
  std::vector<steps::Step> steps;  ///< one, but for a plan
  std::string expected;
};

/// Writes the case anew with another `change`.
void accept(const std::filesystem::path&, const std::string& change);

}  // namespace gpuctl::test
