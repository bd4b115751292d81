#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/change.hpp"
#include "core/params.hpp"
#include "core/waiver.hpp"
#include "steps/kind.hpp"

namespace gpuctl::steps {

/// One step of a playbook for one host; any kind. A value: copies are cheap and share what never changes.
/// (The variant of kinds lives in step.cpp, so that nobody else compiles every kind.)
class Step {
 public:
  /// Makes the kind's step from its parameters. Throws Error{invalid}: unknown kind (with the nearest), wrong
  /// parameter.
  static Step make(const std::string& kind, core::Params& params);

  std::string_view kind() const;
  Kinds stands_on() const;
  std::string title() const;
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;
  /// How long to wait until the change is empty after the actions, unless the playbook says otherwise.
  std::chrono::milliseconds settle() const;
  /// A proof (test_pod, check): never makes plan exit 2.
  bool proof() const;
  /// Whom it asks and how often it is done.
  Scope scope() const;
  /// What a `waive` step lets pass; nullptr for every other kind.
  const core::Waiver* waiver() const;

  struct Body;

 private:
  explicit Step(std::shared_ptr<const Body> body) : body_(std::move(body)) {}
  std::shared_ptr<const Body> body_;
};

struct KindInfo {
  std::string_view kind;
  std::string_view doc;
};

/// Every step kind that a playbook can use, in the order of the man page.
std::vector<KindInfo> kinds();

}  // namespace gpuctl::steps
