#include "steps/gpu_capacity.hpp"

#include <fmt/core.h>

#include "core/quantity.hpp"
#include "steps/look.hpp"

namespace gpuctl::steps {

using core::Facts;

namespace {

constexpr const char* product_label = "/metadata/labels/nvidia.com~1gpu.product";
constexpr const char* memory_label = "/metadata/labels/nvidia.com~1gpu.memory";

std::string offered(const Facts& facts, const core::KubeObject& node, const std::string& pointer) {
  const auto text = text_of(facts, node, pointer);
  return text.empty() ? "none" : text;
}

}  // namespace

GpuCapacity GpuCapacity::from(core::Params& params) {
  GpuCapacity out;
  out.node_ = node_of(params.host());
  out.resource_ = params.text("resource", "nvidia.com/gpu");
  if (out.resource_.find('/') == std::string::npos)
    params.fail("resource", "expected the name of an extended resource, such as nvidia.com/gpu");
  const auto& gpus = params.host().gpus;
  out.count_ = params.integer("count", gpus ? gpus->count : 0);
  if (out.count_ < 1)
    params.fail("count", fmt::format("expected how many GPUs {} must offer, here or as `gpus` of the host", out.node_),
                "without a count this would pass on a node that offers none");
  out.product_ = params.text("product", gpus ? gpus->product : "");
  out.memory_ = params.bytes("memory", gpus ? gpus->memory : 0) >> 20;
  params.done();
  return out;
}

std::string GpuCapacity::title() const {
  return fmt::format("{}: {} on {}", resource_, count_, node_);
}

std::vector<core::Probe> GpuCapacity::probes(const Facts& known) const {
  std::vector<core::Probe> out{node_object(node_)};
  if (known.record(node_object(node_)) && !all_hold(known)) out.emplace_back(pods_on(node_));
  return out;
}

bool GpuCapacity::all_hold(const Facts& facts) const {
  return count_holds(facts).holds && product_holds(facts).holds && memory_holds(facts).holds;
}

core::Change GpuCapacity::plan(const Facts& known) const {
  Draft draft(kind, known);
  if (!has_node(draft, node_)) return draft.take();
  add(draft, {core::child("/status/capacity", resource_), core::child("/status/allocatable", resource_)}, resource_,
      &GpuCapacity::count_holds);
  if (!product_.empty()) add(draft, {product_label}, "product", &GpuCapacity::product_holds);
  if (memory_ > 0) add(draft, {memory_label}, "memory of each", &GpuCapacity::memory_holds);
  return draft.take();
}

void GpuCapacity::add(Draft& draft, const std::vector<std::string>& fields, const std::string& what,
                      Finding (GpuCapacity::*holds)(const Facts&) const) const {
  const bool so = (this->*holds)(draft.facts()).holds;
  draft.check(
      made_by_controllers({{node_object(node_), fields}}, so, draft.facts(), pods_on(node_)), what,
      [&](const Facts& facts) {
        auto finding = (this->*holds)(facts);
        const auto pods = troubled(facts, pods_on(node_));
        if (!finding.holds && finding.because.empty() && !pods.empty())
          finding.because = "pods of this node do not run: " + pods;
        return finding;
      },
      [](const Facts&) { return Cure{core::Wait{}, {}, {}}; });
}

Finding GpuCapacity::count_holds(const Facts& facts) const {
  const auto node = node_object(node_);
  const auto capacity = offered(facts, node, core::child("/status/capacity", resource_));
  const auto allocatable = offered(facts, node, core::child("/status/allocatable", resource_));
  const auto wanted = std::to_string(count_);
  const bool all = core::same_quantity(capacity, wanted);
  const bool holds = all && core::same_quantity(allocatable, wanted);
  std::string because;
  if (all && !holds) because = "the device plugin says that the others are not healthy, or the kubelet has just begun";
  return {holds, fmt::format("{} allocatable of {}", wanted, wanted),
          fmt::format("{} allocatable of {}", allocatable, capacity), because};
}

Finding GpuCapacity::product_holds(const Facts& facts) const {
  if (product_.empty()) return {true, "", "", ""};
  const auto seen = text_of(facts, node_object(node_), product_label);
  return {seen == product_, product_, seen.empty() ? "no label nvidia.com/gpu.product" : seen, ""};
}

Finding GpuCapacity::memory_holds(const Facts& facts) const {
  if (memory_ == 0) return {true, "", "", ""};
  const auto seen = text_of(facts, node_object(node_), memory_label);
  return {seen == std::to_string(memory_), fmt::format("{} MiB", memory_),
          seen.empty() ? "no label nvidia.com/gpu.memory" : seen + " MiB", ""};
}

}  // namespace gpuctl::steps
