#include "steps/pod_trouble.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "steps/look.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::text_of;

namespace {

struct Remedy {
  std::string_view sign;  ///< in the events, the reason or the message
  std::string_view advice;
};

/// What is seen most, the more telling signs first.
constexpr std::array<Remedy, 9> remedies{{
    {"untolerated taint", "name the taint under `tolerations`"},
    {"Insufficient", "see who holds the node's GPUs, and what the node offers (gpu_capacity)"},
    {"node affinity", "the node is not in the cluster under this name, or `node_selector` is not true of it"},
    {"ErrImageNeverPull", "bring the image to the node"},
    {"pull", "check the image's name, that the node can reach its registry, and `image_pull_secrets`"},
    {"RuntimeClass", "create it with a runtime_class step before this one, or leave `runtime_class` out"},
    {"runtime handler", "the node's containerd does not have the handler: see the container_runtime step"},
    {"FailedCreatePodSandBox", "see the kubelet's and containerd's logs on the node"},
    {"Evicted", "see what the node runs out of"},
}};

std::string all_words(const core::Record& pod) {
  return text_of(pod, "events") + "\n" + text_of(pod, "reason") + "\n" + text_of(pod, "message");
}

/// Runs of blanks as one: tables are read by their words.
std::string squeezed(const std::string& line) {
  return util::join(util::words(line), " ");
}

/// Length of the longest piece of text that both have.
std::size_t common(std::string_view a, std::string_view b) {
  std::vector<std::size_t> last(b.size() + 1, 0);
  std::size_t best = 0;
  for (const char c : a) {
    std::vector<std::size_t> row(b.size() + 1, 0);
    for (std::size_t j = 0; j < b.size(); ++j)
      if (c == b[j]) best = std::max(best, row[j + 1] = last[j] + 1);
    last = std::move(row);
  }
  return best;
}

}  // namespace

std::string warnings_of(const core::Record& pod) {
  std::vector<std::string> out;
  for (const auto& line : util::lines(text_of(pod, "events")))
    if (line.starts_with("Warning ") && std::ranges::find(out, line) == out.end()) out.push_back(line);
  constexpr std::ptrdiff_t most = 3;
  if (std::ssize(out) > most) out.erase(out.begin(), out.end() - most);
  return util::join(out, "; ");
}

std::string kept_words(const core::Record& pod, const std::string& where) {
  return text_of(pod, "kept") == "yes" ? "; the pod was kept: kubectl describe pod " + where : "";
}

std::string advice_of(const core::Record& pod, const std::string& where) {
  const auto words = all_words(pod);
  const auto look = kept_words(pod, where);
  const auto found =
      std::ranges::find_if(remedies, [&](const auto& r) { return words.find(r.sign) != std::string::npos; });
  if (found != remedies.end()) return std::string(found->advice) + look;
  return "its log and its events say why" + look;
}

std::string nearest_line(const std::string& log, const std::string& text) {
  std::string best;
  std::size_t most = 2;  // what is no longer is chance
  std::string last;
  for (const auto& line : util::lines(log)) {
    const auto words = squeezed(line);
    if (words.empty()) continue;
    last = words;
    if (const auto length = common(words, text); length > most) {
      most = length;
      best = words;
    }
  }
  return shown(best.empty() ? last : best);
}

}  // namespace gpuctl::steps
