#include "steps/node.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "steps/look.hpp"
#include "steps/taint.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;

namespace {

/// Whose labels feature discovery writes.
constexpr std::string_view discovery[] = {"nvidia.com/", "feature.node.kubernetes.io/"};

std::string listed(const std::vector<std::pair<std::string, std::string>>& labels) {
  std::vector<std::string> out;
  for (const auto& [key, value] : labels) out.push_back(key + "=" + value);
  return util::join(out, ", ");
}

/// The value at which the node has the taint; nothing when it has not.
std::optional<std::string> taint_value(const core::Record& node, const core::KubeTaint& taint) {
  for (std::size_t i = 0;; ++i) {
    const auto at = fmt::format("/spec/taints/{}", i);
    const auto key = core::text_of(node, at + "/key");
    if (key.empty()) return std::nullopt;
    if (key == taint.key && core::text_of(node, at + "/effect") == taint.effect)
      return core::text_of(node, at + "/value");
  }
}

}  // namespace

Node Node::from(core::Params& params) {
  Node out;
  out.node_ = node_of(params.host());
  out.labels_ = params.pairs("labels");
  for (const auto& text : params.texts("taints")) {
    const auto taint = parse_taint(text);
    if (!taint) params.fail("taints", fmt::format("`{}` is not a taint", text), taint_words);
    out.taints_.push_back({out.node_, taint->key, taint->value, taint->effect, false});
  }
  out.force_ = params.flag("force", false);
  if (params.has("expect")) {
    auto below = params.mapping("expect");
    out.expected_ = below.pairs("labels");
    out.at_least_ = below.integer("at_least", 0);
    if (out.at_least_ < 0) below.fail("at_least", "expected how many labels there must be, such as 30");
    below.done();
  }
  params.done();
  return out;
}

std::string Node::title() const {
  std::vector<std::string> parts;
  if (!labels_.empty()) parts.push_back(fmt::format("{} label{}", labels_.size(), labels_.size() > 1 ? "s" : ""));
  if (!taints_.empty()) parts.push_back(fmt::format("{} taint{}", taints_.size(), taints_.size() > 1 ? "s" : ""));
  if (!expected_.empty() || at_least_ > 0) parts.emplace_back("discovered labels");
  return node_ + (parts.empty() ? ", Ready" : ", " + util::join(parts, ", "));
}

std::vector<core::Probe> Node::probes(const Facts& known) const {
  std::vector<core::Probe> out{node_object(node_)};
  if (known.record(node_object(node_)) && !expected_holds(known).holds) out.emplace_back(pods_on(node_));
  return out;
}

core::Change Node::plan(const Facts& known) const {
  Draft draft(kind, known);
  if (!has_node(draft, node_)) return draft.take();
  if (!labels_.empty()) plan_labels(draft);
  for (const auto& taint : taints_) plan_taint(draft, taint);
  plan_ready(draft);
  if (!expected_.empty() || at_least_ > 0) plan_expected(draft);
  return draft.take();
}

/// Of these labels those that the node has not, with what it has.
std::vector<std::string> Node::missing(const Facts& facts, const Labels& labels) const {
  std::vector<std::string> out;
  for (const auto& [key, value] : labels) {
    const auto* field = facts.field(node_object(node_), label_at(key));
    const auto* seen = field ? std::get_if<std::string>(field) : nullptr;
    if (!seen)
      out.push_back(key + " absent");
    else if (*seen != value)
      out.push_back(key + "=" + *seen);
  }
  return out;
}

/// An apply takes away the labels that gpuctl sent before and sends no longer, so all that are declared are sent.
void Node::plan_labels(Draft& draft) const {
  const auto probe = node_object(node_);
  std::vector<std::string> fields;
  for (const auto& [key, value] : labels_) fields.push_back(label_at(key));
  draft.check(
      {{probe, fields}}, "labels",
      [&](const Facts& facts) {
        const auto off = missing(facts, labels_);
        const auto expected = listed(labels_);
        return Finding{off.empty(), expected, off.empty() ? expected : util::join(off, ", "), ""};
      },
      [&](const Facts&) {
        auto sent = begin_object(probe.object);
        for (const auto& [key, value] : labels_) sent[label_at(key)] = {value, true};
        return act(core::KubeApply{probe.object, sent, label_manager, force_});
      });
}

void Node::plan_taint(Draft& draft, const core::KubeTaint& taint) const {
  const auto probe = node_object(node_);
  const auto words = text_of_taint({taint.key, taint.value, taint.effect});
  draft.check(
      {probe}, "taint " + words,
      [&](const Facts& facts) {
        const auto value = taint_value(*facts.record(probe), taint);
        if (!value) return Finding{false, "there", "absent", ""};
        const bool holds = *value == taint.value;
        return Finding{holds, "there", holds ? "there" : text_of_taint({taint.key, *value, taint.effect}), ""};
      },
      [&](const Facts&) {
        auto cure = act(taint);
        if (taint.effect == "NoExecute") cure.disruption.note = "pods that do not tolerate it are evicted";
        return cure;
      });
}

void Node::plan_ready(Draft& draft) const {
  const auto probe = node_object(node_);
  draft.check(
      {conditions_of(probe, draft.facts())}, "node " + node_ + " is Ready",
      [&](const Facts& facts) {
        const auto ready = condition(*facts.record(probe), "Ready");
        const bool holds = ready && ready->is_true();
        return Finding{holds, "Ready", holds ? "Ready" : "not Ready", holds || !ready ? "" : because_of(*ready)};
      },
      [](const Facts&) { return Cure{core::Wait{}, {}, {}}; });
}

/// How many labels feature discovery has written; those of the playbook are not its.
std::size_t Node::discovered(const Facts& facts) const {
  const auto* node = facts.record(node_object(node_));
  if (!node) return 0;
  std::size_t count = 0;
  for (const auto& [pointer, field] : *node) {
    const auto is_of = [&](std::string_view prefix) { return pointer.starts_with(label_at(std::string(prefix))); };
    const auto declared = [&](const auto& label) { return label_at(label.first) == pointer; };
    if (std::ranges::any_of(discovery, is_of) && std::ranges::none_of(labels_, declared)) ++count;
  }
  return count;
}

Finding Node::expected_holds(const Facts& facts) const {
  auto off = missing(facts, expected_);
  const auto count = discovered(facts);
  const bool enough = count >= static_cast<std::size_t>(at_least_);
  if (!enough) off.push_back(fmt::format("{} labels", count));
  auto expected = listed(expected_);
  if (at_least_ > 0) expected += fmt::format("{}at least {} labels", expected.empty() ? "" : ", ", at_least_);
  auto seen = listed(expected_);
  if (at_least_ > 0) seen += fmt::format("{}{} labels", seen.empty() ? "" : ", ", count);
  return {off.empty(), expected, off.empty() ? seen : util::join(off, ", "), ""};
}

void Node::plan_expected(Draft& draft) const {
  const auto probe = node_object(node_);
  const bool holds = expected_holds(draft.facts()).holds;
  draft.check(
      made_by_controllers({probe}, holds, draft.facts(), pods_on(node_)), "labels of feature discovery",
      [&](const Facts& facts) {
        auto finding = expected_holds(facts);
        const auto pods = troubled(facts, pods_on(node_));
        if (!finding.holds && !pods.empty()) finding.because = "pods of this node do not run: " + pods;
        return finding;
      },
      [](const Facts&) { return Cure{core::Wait{}, {}, {}}; });
}

}  // namespace gpuctl::steps
