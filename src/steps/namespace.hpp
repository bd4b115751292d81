#pragma once

#include <utility>

#include "steps/cluster.hpp"
#include "steps/kind.hpp"

namespace gpuctl::steps {

/// A namespace that is there, with its labels.
class Namespace {
 public:
  static constexpr std::string_view kind = "namespace";
  static constexpr std::string_view doc = "a namespace and its labels, such as its level of pod security";
  static constexpr Scope scope = Scope::cluster;
  static Kinds stands_on() { return {}; }
  static Namespace from(core::Params& params);

  std::string title() const { return name_; }
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;

 private:
  core::KubeObject object() const;
  Cure apply() const;
  void plan_there(Draft&) const;
  void plan_labels(Draft&) const;
  std::vector<std::string> wrong(const core::Facts&) const;

  std::string name_;
  std::vector<std::pair<std::string, std::string>> labels_;
  bool force_ = false;
};

}  // namespace gpuctl::steps
