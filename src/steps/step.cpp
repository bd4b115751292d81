#include "steps/step.hpp"

#include <fmt/core.h>

#include <array>
#include <utility>
#include <variant>

#include "steps/apt_packages.hpp"
#include "steps/apt_repository.hpp"
#include "steps/check.hpp"
#include "steps/cluster_policy.hpp"
#include "steps/container_runtime.hpp"
#include "steps/driver.hpp"
#include "steps/gpu_capacity.hpp"
#include "steps/helm_release.hpp"
#include "steps/manifests.hpp"
#include "steps/namespace.hpp"
#include "steps/node.hpp"
#include "steps/rollout.hpp"
#include "steps/runtime_class.hpp"
#include "steps/service.hpp"
#include "steps/test_pod.hpp"
#include "steps/waive.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

namespace {

using AnyKind = std::variant<Driver, AptRepository, AptPackages, ContainerRuntime, Service, Node, Namespace, Manifests,
                             HelmRelease, RuntimeClass, ClusterPolicy, Rollout, GpuCapacity, TestPod, UserCheck, Waive>;

template <class S>
consteval bool is_kind() {
  return StepKind<S>;
}

template <class S>
bool is_proof() {
  if constexpr (requires { S::proof; }) return S::proof;
  return false;
}

template <class S>
std::chrono::milliseconds settle_of() {
  if constexpr (requires { S::settle; }) return S::settle;
  return std::chrono::minutes(2);
}

template <class S>
Scope scope_of() {
  if constexpr (requires { S::scope; }) return S::scope;
  return Scope::host;
}

/// Calls `f` with each kind as a template argument, in the order of the variant, until it returns true.
template <class... S>
bool any_kind(const std::variant<S...>*, auto&& f) {
  static_assert((is_kind<S>() && ...));
  return (f.template operator()<S>() || ...);
}

bool any_kind(auto&& f) {
  return any_kind(static_cast<const AnyKind*>(nullptr), f);
}

[[noreturn]] void unknown_kind(const std::string& kind, const core::Params& params) {
  std::vector<std::string> names;
  for (const auto& info : kinds()) names.emplace_back(info.kind);
  const auto near = util::nearest(kind, names);
  throw core::Error(
      core::ErrorKind::invalid, fmt::format("there is no step kind `{}`", kind), params.where(),
      near.empty() ? "the kinds are " + util::join(names, ", ") : fmt::format("did you mean `{}`?", near));
}

}  // namespace

struct Step::Body {
  AnyKind kind;
};

Step Step::make(const std::string& kind, core::Params& params) {
  std::shared_ptr<const Body> body;
  any_kind([&]<class S>() {
    if (kind != S::kind) return false;
    body = std::make_shared<const Body>(Body{S::from(params)});
    return true;
  });
  if (!body) unknown_kind(kind, params);
  return Step(std::move(body));
}

std::string_view Step::kind() const {
  return std::visit([]<class S>(const S&) { return std::string_view(S::kind); }, body_->kind);
}

Kinds Step::stands_on() const {
  return std::visit([]<class S>(const S&) { return S::stands_on(); }, body_->kind);
}

std::string Step::title() const {
  return std::visit([](const auto& step) { return step.title(); }, body_->kind);
}

std::vector<core::Probe> Step::probes(const core::Facts& known) const {
  return std::visit([&](const auto& step) { return step.probes(known); }, body_->kind);
}

core::Change Step::plan(const core::Facts& known) const {
  return std::visit([&](const auto& step) { return step.plan(known); }, body_->kind);
}

std::chrono::milliseconds Step::settle() const {
  return std::visit([]<class S>(const S&) { return settle_of<S>(); }, body_->kind);
}

bool Step::proof() const {
  return std::visit([]<class S>(const S&) { return is_proof<S>(); }, body_->kind);
}

Scope Step::scope() const {
  return std::visit([]<class S>(const S&) { return scope_of<S>(); }, body_->kind);
}

const core::Waiver* Step::waiver() const {
  const auto* waive = std::get_if<Waive>(&body_->kind);
  return waive ? &waive->waiver() : nullptr;
}

std::vector<KindInfo> kinds() {
  std::vector<KindInfo> out;
  any_kind([&]<class S>() {
    out.push_back({S::kind, S::doc});
    return false;
  });
  return out;
}

}  // namespace gpuctl::steps
