#include "steps/runtime_class.hpp"

#include <fmt/core.h>

#include "steps/kube_names.hpp"
#include "steps/look.hpp"

namespace gpuctl::steps {

using core::Facts;

RuntimeClass RuntimeClass::from(core::Params& params) {
  RuntimeClass out;
  out.name_ = object_name(params, "name", "nvidia");
  out.handler_ = object_name(params, "handler", out.name_);
  out.adopt_ = params.flag("adopt", true);
  params.done();
  return out;
}

std::string RuntimeClass::title() const {
  return fmt::format("{} -> {}", name_, handler_);
}

core::KubeObject RuntimeClass::object() const {
  return {{"node.k8s.io/v1", "RuntimeClass", "", name_}};
}

std::vector<core::Probe> RuntimeClass::probes(const Facts&) const {
  return {object()};
}

core::Change RuntimeClass::plan(const Facts& known) const {
  Draft draft(kind, known);
  plan_replaced(draft);
  draft.check(
      {{object(), {"/handler"}}}, "RuntimeClass " + name_, [&](const Facts& facts) { return found(facts); },
      [&](const Facts& facts) { return repair(facts); });
  return draft.take();
}

/// Its handler cannot be changed: one of ours with another handler goes first.
void RuntimeClass::plan_replaced(Draft& draft) const {
  const auto* live = draft.facts().record(object());
  if (!live || !owner_of(*live).empty() || core::text_of(*live, "managers").empty()) return;
  const auto handler = core::text_of(*live, "/handler");
  if (handler.empty() || handler == handler_) return;
  draft.check(
      {object()}, "RuntimeClass " + name_ + " with another handler",
      [&](const Facts&) {
        return Finding{false, "absent", "handler " + handler, "gpuctl made it, and its handler cannot be changed"};
      },
      [&](const Facts&) { return act(core::KubeDelete{object().object, core::text_of(*live, "/metadata/uid")}); });
}

Finding RuntimeClass::found(const Facts& facts) const {
  const auto expected = "handler " + handler_;
  const auto* live = facts.record(object());
  if (!live) return {false, expected, "absent", ""};
  const auto handler = core::text_of(*live, "/handler");
  const auto owner = owner_of(*live);
  const auto seen = "handler " + handler + (owner.empty() ? "" : ", owned by " + owner);
  if (handler != handler_) return {false, expected, seen, ""};
  if (!adopt_ && !owner.empty())
    return {false, expected + ", owned by nobody else", seen, "the playbook says `adopt: false`"};
  return {true, expected, seen, ""};
}

Cure RuntimeClass::repair(const Facts& facts) const {
  const auto* live = facts.record(object());
  if (!live) return create();
  const auto owner = owner_of(*live);
  if (core::text_of(*live, "/handler") == handler_)
    return never(fmt::format("let it be adopted (`adopt: true`), or take it away from {}", owner));
  return never(
      fmt::format("it is not gpuctl's to change: say `handler: {}` here, give yours another name, or have {} change it",
                  core::text_of(*live, "/handler"), owner.empty() ? "who made it" : owner));
}

Cure RuntimeClass::create() const {
  auto sent = begin_object(object().object);
  sent["/handler"] = {handler_, true};
  return act(core::KubeApply{object().object, sent, manager, false});
}

}  // namespace gpuctl::steps
