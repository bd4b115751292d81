#include "steps/driver.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "steps/look.hpp"
#include "steps/nvidia_smi.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;
using core::FileText;
using core::Unit;

namespace {

const FileText module_file{"/proc/driver/nvidia/version"};
const FileText command_line{"/proc/cmdline"};
const Unit daemon{"nvidia-persistenced.service"};

/// 535.274.02 as numbers; empty when it is no version.
std::vector<int> numbers(const std::string& version) {
  std::vector<int> out;
  for (const auto& part : util::split(version, '.')) {
    int number = 0;
    const auto* end = part.data() + part.size();
    const auto read = std::from_chars(part.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || number < 0) return {};
    out.push_back(number);
  }
  return out;
}

std::string version_param(core::Params& params, const std::string& key) {
  auto out = params.text(key, "");
  if (!out.empty() && numbers(out).empty()) params.fail(key, "expected a driver version such as 535.274.02");
  return out;
}

std::string mebibytes(std::int64_t bytes) {
  return fmt::format("{} MiB", bytes >> 20);
}

/// `1 x NVIDIA-GeForce-RTX-3060, 12288 MiB`, several kinds joined.
std::string listed(const std::vector<Gpu>& gpus) {
  std::map<std::string, int> counts;
  for (const auto& gpu : gpus) ++counts[gpu.product() + ", " + mebibytes(gpu.memory)];
  std::vector<std::string> out;
  for (const auto& [gpu, count] : counts) out.push_back(fmt::format("{} x {}", count, gpu));
  return out.empty() ? "none" : util::join(out, "; ");
}

std::string expected_list(const core::ExpectedGpus& gpus) {
  std::string out = gpus.count > 0 ? fmt::format("{} x ", gpus.count) : "each ";
  out += gpus.product.empty() ? "any GPU" : gpus.product;
  return gpus.memory > 0 ? out + ", " + mebibytes(gpus.memory) : out;
}

bool fits(const Gpu& gpu, const core::ExpectedGpus& expected) {
  return (expected.product.empty() || gpu.product() == expected.product || gpu.name == expected.product) &&
         (expected.memory == 0 || gpu.memory == expected.memory);
}

}  // namespace

Driver Driver::from(core::Params& params) {
  Driver out;
  out.version_ = version_param(params, "version");
  out.at_least_ = version_param(params, "at_least");
  if (!out.version_.empty() && !out.at_least_.empty())
    params.fail("at_least", "expected either version (exactly this one) or at_least (this one or newer), not both");
  out.persistence_ = params.flag("persistence", false);
  out.parameters_ = params.texts("kernel_parameters");
  if (const auto& gpus = params.host().gpus; gpus && *gpus != core::ExpectedGpus{}) out.gpus_ = gpus;
  params.done();
  return out;
}

std::string Driver::title() const {
  std::vector<std::string> parts;
  if (!version_.empty()) parts.push_back(version_);
  if (!at_least_.empty()) parts.push_back("at least " + at_least_);
  if (persistence_) parts.emplace_back("persistence on");
  parts.insert(parts.end(), parameters_.begin(), parameters_.end());
  return parts.empty() ? "present" : util::join(parts, ", ");
}

std::vector<core::Probe> Driver::probes(const Facts&) const {
  std::vector<core::Probe> out{module_file, nvidia_smi()};
  if (persistence_) out.emplace_back(daemon);
  if (!parameters_.empty()) out.emplace_back(command_line);
  return out;
}

core::Change Driver::plan(const Facts& known) const {
  Draft draft(kind, known);
  plan_version(draft);
  if (plan_nvidia_smi(draft) && gpus_) plan_gpus(draft);
  if (persistence_) plan_persistence(draft);
  if (!parameters_.empty()) plan_parameters(draft);
  return draft.take();
}

void Driver::plan_version(Draft& draft) const {
  draft.check(
      {module_file}, "driver version",
      [&](const Facts& facts) {
        const auto* text = facts.text(module_file);
        const auto seen = text ? module_version(*text) : std::string{};
        const auto expected = !version_.empty() ? version_ : !at_least_.empty() ? at_least_ + " or newer" : "any";
        if (seen.empty()) return Finding{false, expected, text ? "not readable" : "no driver loaded", ""};
        const bool holds = !version_.empty() ? seen == version_ : numbers(seen) >= numbers(at_least_);
        return Finding{holds, expected, seen, ""};
      },
      [&](const Facts& facts) {
        if (!facts.text(module_file))
          return never("gpuctl installs no driver: install it, load it (modprobe nvidia), and run gpuctl again");
        return never("gpuctl never changes a driver: change it by hand, or the version in the playbook");
      });
}

bool Driver::plan_nvidia_smi(Draft& draft) const {
  // A command that fails is an answer here, and the one that matters.
  const auto* answer = draft.facts().find(nvidia_smi());
  const bool failed = answer && std::holds_alternative<core::Failed>(*answer);
  const auto needs = failed ? std::vector<Need>{} : std::vector<Need>{nvidia_smi()};
  const auto outcome = draft.check(
      needs, "nvidia-smi",
      [&](const Facts& facts) {
        const auto trouble = trouble_of(*facts.find(nvidia_smi()));
        return Finding{trouble.what.empty(), "a list of GPUs",
                       trouble.what.empty() ? listed(gpus_of(facts)) : trouble.what, ""};
      },
      [&](const Facts& facts) { return never(trouble_of(*facts.find(nvidia_smi())).advice); });
  return outcome == core::Outcome::passed;
}

void Driver::plan_gpus(Draft& draft) const {
  draft.check(
      {nvidia_smi()}, "GPUs",
      [&](const Facts& facts) {
        const auto gpus = gpus_of(facts);
        const bool count = gpus_->count == 0 ? !gpus.empty() : gpus.size() == static_cast<std::size_t>(gpus_->count);
        const bool all = std::ranges::all_of(gpus, [&](const auto& gpu) { return fits(gpu, *gpus_); });
        return Finding{count && all, expected_list(*gpus_), listed(gpus), ""};
      },
      [](const Facts&) {
        return never(
            "lspci -d 10de: shows what the bus sees, dmesg | grep NVRM why one is missing; or correct `gpus` of the "
            "host");
      });
}

/// The daemon is what counts: whether it keeps the mode on is up to how its unit starts it, so that is only told.
void Driver::plan_persistence(Draft& draft) const {
  draft.check(
      {{daemon, {"active"}}}, "persistence daemon",
      [](const Facts& facts) {
        const auto state = text_of(facts, daemon, "active");
        if (text_of(facts, daemon, "load") == "not-found") return Finding{false, "active", "not installed", ""};
        const auto gpus = gpus_of(facts);
        const auto on = std::ranges::count_if(gpus, [](const auto& gpu) { return gpu.persistent; });
        const auto mode = gpus.empty() ? "" : fmt::format(", mode on for {} of {} GPUs", on, gpus.size());
        return Finding{state == "active", "active", state + mode, ""};
      },
      [](const Facts&) {
        return never("systemctl enable --now nvidia-persistenced; a `service` step for it does that too");
      });
}

void Driver::plan_parameters(Draft& draft) const {
  draft.check(
      {command_line}, "kernel parameters",
      [&](const Facts& facts) {
        const auto* text = facts.text(command_line);
        const auto given = util::words(text ? *text : "");
        std::vector<std::string> missing;
        for (const auto& parameter : parameters_)
          if (std::ranges::find(given, parameter) == given.end()) missing.push_back(parameter);
        const auto expected = util::join(parameters_, " ");
        return Finding{missing.empty(), expected, missing.empty() ? expected : "without " + util::join(missing, " "),
                       ""};
      },
      [](const Facts&) {
        return never("add it to GRUB_CMDLINE_LINUX in /etc/default/grub, run update-grub, and reboot");
      });
}

}  // namespace gpuctl::steps
