#include "steps/test_pod.hpp"

#include <fmt/core.h>

#include "steps/kube_names.hpp"
#include "steps/look.hpp"
#include "steps/pod_fields.hpp"
#include "steps/pod_trouble.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;

namespace {

std::string last_words(const core::Record& pod) {
  const auto said = nearest_line(core::text_of(pod, "log"), "");
  return said.empty() ? "" : "its last words are `" + said + "`";
}

}  // namespace

TestPod TestPod::from(core::Params& params) {
  TestPod out;
  auto& ref = out.proof_.pod;
  ref = {"v1", "Pod", object_name(params, "namespace", "default"), object_name(params, "name", "gpu-test")};
  out.node_ = object_name(params, "node", node_of(params.host()));
  out.proof_.fields = pod_fields(params, ref, out.node_);
  out.log_ = params.texts("log");
  const auto deadline = params.duration("deadline", std::chrono::minutes(10));
  if (deadline < std::chrono::seconds(1) || deadline > std::chrono::hours(2))
    params.fail("deadline", "expected from 1s to 2h");
  out.proof_.timeout_s = static_cast<int>(deadline.count() / 1000);
  params.done();
  return out;
}

std::string TestPod::pod() const {
  return proof_.pod.namespace_ + "/" + proof_.pod.name;
}

std::string TestPod::title() const {
  return fmt::format("{}{} (creates a pod, and removes it)", pod(), node_.empty() ? "" : " on " + node_);
}

/// A proof is known once it was run, which a plan never does.
core::Change TestPod::not_asked() const {
  core::Change out;
  const core::Check check{"pod " + pod(), "", "", core::Outcome::unknown, "the pod has not been run"};
  out.gaps.push_back({check, core::Later{"the changes"}, {}, {}});
  return out;
}

core::Change TestPod::plan(const Facts& known) const {
  const auto* answer = known.find(proof_);
  if (!answer || std::holds_alternative<core::Absent>(*answer)) return not_asked();
  Draft draft(kind, known);
  if (!known.record(proof_)) {
    plan_made(draft);
    return draft.take();
  }
  if (!node_.empty()) plan_placed(draft);
  // What follows from a failure is none of its own: a pod without a node has no phase to speak of, and one that failed
  // no log that could match.
  if (!node_.empty() && text_of(known, proof_, "node").empty()) return draft.take();
  plan_ended(draft);
  if (text_of(known, proof_, "phase") == "Succeeded")
    for (const auto& text : log_) plan_log(draft, text);
  return draft.take();
}

/// The server did not take it: its words say why.
void TestPod::plan_made(Draft& draft) const {
  const auto* failed = std::get_if<core::Failed>(draft.facts().find(proof_));
  const auto needs = failed ? std::vector<Need>{} : std::vector<Need>{proof_};
  draft.check(
      needs, "pod " + pod(),
      [&](const Facts&) { return Finding{false, "created", "not created", failed ? failed->why : "no answer"}; },
      [&](const Facts&) { return never(advice_for_refused(failed ? failed->why : "", proof_.pod.namespace_)); });
}

void TestPod::plan_placed(Draft& draft) const {
  draft.check(
      {{proof_, {"node", "events"}}}, "scheduled to",
      [&](const Facts& facts) {
        const auto seen = text_of(facts, proof_, "node");
        return Finding{seen == node_, node_, seen.empty() ? "no node" : seen,
                       seen == node_  ? ""
                       : seen.empty() ? unplaced_because(*facts.record(proof_), node_)
                                      : ""};
      },
      [&](const Facts& facts) { return never(advice_of(*facts.record(proof_), pod_words())); });
}

/// How it ended: its phase, and of one that failed the exit code of its container.
void TestPod::plan_ended(Draft& draft) const {
  draft.check(
      {{proof_, {"phase", "reason", "message", "exit", "events"}}}, "phase",
      [&](const Facts& facts) {
        const auto& record = *facts.record(proof_);
        const auto phase = core::text_of(record, "phase");
        const bool holds = phase == "Succeeded";
        const bool late = phase == "Pending" || phase == "Running";
        auto why = holds ? "" : trouble_of(record);
        if (is_not_begun(record)) why = "its node was told, and has not begun with it";
        if (phase == "Running") why += (why.empty() ? "" : "; ") + last_words(record);
        return Finding{holds, "Succeeded", phase + (late ? fmt::format(" after {} s", proof_.timeout_s) : ""), why};
      },
      [&](const Facts& facts) {
        const auto& record = *facts.record(proof_);
        if (core::text_of(record, "phase") != "Running") return never(advice_of(record, pod_words()));
        return never("see what it waits for, or give it more time by `deadline`" + kept_words(record, pod_words()));
      });
  const auto code = text_of(draft.facts(), proof_, "exit");
  if (code.empty()) return;
  draft.check(
      {proof_}, "exit",
      [&](const Facts& facts) {
        return Finding{code == "0", "0", code, code == "0" ? "" : last_words(*facts.record(proof_))};
      },
      [&](const Facts& facts) { return never(advice_of(*facts.record(proof_), pod_words())); });
}

void TestPod::plan_log(Draft& draft, const std::string& text) const {
  draft.check(
      {{proof_, {"log"}}}, fmt::format("log has `{}`", text),
      [&](const Facts& facts) {
        const auto log = text_of(facts, proof_, "log");
        const bool holds = log.find(text) != std::string::npos;
        const auto near = nearest_line(log, text);
        return Finding{holds, fmt::format("`{}`", text),
                       near.empty() ? "an empty log"
                       : holds      ? fmt::format("`{}`", text)
                                    : fmt::format("`{}`", near),
                       ""};
      },
      [&](const Facts& facts) {
        return never("if that is right, correct `log` in the playbook" +
                     kept_words(*facts.record(proof_), pod_words()));
      });
}

}  // namespace gpuctl::steps
