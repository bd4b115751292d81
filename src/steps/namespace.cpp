#include "steps/namespace.hpp"

#include <fmt/core.h>

#include "steps/kube_names.hpp"
#include "steps/look.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;

Namespace Namespace::from(core::Params& params) {
  Namespace out;
  out.name_ = object_name(params, "name");
  out.labels_ = params.pairs("labels");
  out.force_ = params.flag("force", false);
  params.done();
  return out;
}

core::KubeObject Namespace::object() const {
  return {{"v1", "Namespace", "", name_}};
}

std::vector<core::Probe> Namespace::probes(const Facts&) const {
  return {object()};
}

core::Change Namespace::plan(const Facts& known) const {
  Draft draft(kind, known);
  plan_there(draft);
  if (!labels_.empty() && there(known, object())) plan_labels(draft);
  return draft.take();
}

Cure Namespace::apply() const {
  auto sent = begin_object(object().object);
  for (const auto& [key, value] : labels_) sent[label_at(key)] = {value, true};
  return act(core::KubeApply{object().object, sent, label_manager, force_});
}

void Namespace::plan_there(Draft& draft) const {
  const auto is_going = [&](const Facts& facts) { return text_of(facts, object(), "/status/phase") == "Terminating"; };
  draft.check(
      {object()}, "namespace " + name_,
      [&](const Facts& facts) {
        const bool found = there(facts, object());
        if (found && is_going(facts)) return Finding{false, "there", "being deleted", "somebody deleted it"};
        return Finding{found, "there", found ? "there" : "absent", ""};
      },
      [&](const Facts& facts) { return is_going(facts) ? Cure{core::Wait{}, {}, {}} : apply(); });
}

std::vector<std::string> Namespace::wrong(const Facts& facts) const {
  std::vector<std::string> out;
  for (const auto& [key, value] : labels_) {
    const auto* field = facts.field(object(), label_at(key));
    if (!field)
      out.push_back(key + " absent");
    else if (*field != core::Field{value})
      out.push_back(key + "=" + core::describe(*field));
  }
  return out;
}

void Namespace::plan_labels(Draft& draft) const {
  std::vector<std::string> wanted;
  std::vector<std::string> fields;
  for (const auto& [key, value] : labels_) {
    wanted.push_back(key + "=" + value);
    fields.push_back(label_at(key));
  }
  draft.check(
      {{object(), fields}}, "labels",
      [&](const Facts& facts) {
        const auto off = wrong(facts);
        const auto expected = util::join(wanted, ", ");
        return Finding{off.empty(), expected, off.empty() ? expected : util::join(off, ", "), ""};
      },
      [&](const Facts&) { return apply(); });
}

}  // namespace gpuctl::steps
