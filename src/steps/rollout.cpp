#include "steps/rollout.hpp"

#include <fmt/core.h>

#include "steps/kube_names.hpp"
#include "steps/look.hpp"
#include "steps/readiness.hpp"

namespace gpuctl::steps {

using core::Facts;
using core::KubeObject;
using core::KubeRef;

namespace {

KubeRef workload(core::Params& params) {
  KubeRef out;
  out.kind = params.text("kind");
  out.name = object_name(params, "name");
  const auto known = api_version_of(out.kind);
  out.api_version = params.text("api_version", known);
  if (out.api_version.empty())
    params.fail("kind", fmt::format("`{}` is not a kind of Kubernetes' own", out.kind),
                "say its api_version, such as nvidia.com/v1");
  const auto apart = is_cluster_scoped(out.api_version, out.kind);
  out.namespace_ = object_name(params, "namespace", apart == std::optional(false) ? "default" : "");
  if (apart.value_or(false) && !out.namespace_.empty())
    params.fail("namespace", fmt::format("a {} has no namespace", out.kind));
  return out;
}

}  // namespace

Rollout Rollout::from(core::Params& params) {
  Rollout out;
  const auto* list = params.node("workloads");
  if (!list) {
    out.workloads_.push_back(workload(params));
    params.done();
    return out;
  }
  const auto* items = std::get_if<core::Node::List>(&list->value);
  if (!items || items->empty()) params.fail("workloads", "expected a list of {kind, name, namespace}");
  for (std::size_t i = 0; i < items->size(); ++i) {
    core::Params below((*items)[i], fmt::format("rollout.workloads[{}]", i), params.host(), params.source());
    out.workloads_.push_back(workload(below));
    below.done();
  }
  params.done();
  return out;
}

std::string Rollout::title() const {
  auto out = core::describe(workloads_.front());
  if (workloads_.size() > 1) out += fmt::format(" and {} more", workloads_.size() - 1);
  return out;
}

core::KubeList Rollout::pods_of(const KubeRef& ref) {
  return pods_in(ref.namespace_);
}

/// A Deployment says itself why it gets no pods; these do not.
bool Rollout::is_silent(const KubeRef& ref) {
  return ref.kind == "DaemonSet" || ref.kind == "StatefulSet" || ref.kind == "Job";
}

Finding Rollout::holds(const KubeRef& ref, const Facts& facts) {
  const auto* object = facts.record(KubeObject{ref});
  if (!object) return {false, "ready", "absent", ""};
  const auto state = readiness(ref, *object);
  return {state.ready, "ready", state.observed, state.because};
}

std::vector<core::Probe> Rollout::probes(const Facts& known) const {
  std::vector<core::Probe> out;
  for (const auto& ref : workloads_) out.emplace_back(KubeObject{ref});
  for (const auto& ref : workloads_) {
    if (!known.asked(KubeObject{ref}) || holds(ref, known).holds) continue;
    out.emplace_back(pods_of(ref));
    if (is_silent(ref)) out.emplace_back(warnings_about(ref));
  }
  return out;
}

core::Change Rollout::plan(const Facts& known) const {
  Draft draft(kind, known);
  for (const auto& ref : workloads_) {
    const KubeObject probe{ref};
    const bool so = holds(ref, draft.facts()).holds;
    draft.check(
        made_by_controllers({status_of(probe)}, so, draft.facts(), pods_of(ref)), core::describe(ref),
        [&](const Facts& facts) {
          auto finding = holds(ref, facts);
          if (finding.holds) return finding;
          for (const auto& why : {newest_warning(facts, warnings_about(ref)), troubled(facts, pods_of(ref))})
            if (!why.empty()) finding.because += (finding.because.empty() ? "" : "; ") + why;
          return finding;
        },
        [](const Facts&) { return Cure{core::Wait{}, {}, {}}; });
  }
  return draft.take();
}

}  // namespace gpuctl::steps
