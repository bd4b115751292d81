#include "steps/pod_trouble.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "core/refusal_words.hpp"
#include "steps/draft.hpp"
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
constexpr std::array<Remedy, 13> remedies{{
    {"untolerated taint", "name the node's taints under `tolerations`; kubectl describe node shows them"},
    {"Insufficient", "see who holds the node's GPUs, and what the node offers (gpu_capacity)"},
    {"node affinity", "`node_selector` is not true of the node; kubectl describe node shows its labels"},
    {"[NodeAffinity]", "the node is not in the cluster under this name: see kubectl get nodes, and `node` of the host"},
    {"InvalidImageName", "correct `image`"},
    {"executable file not found", "correct `command`: the image has no such program"},
    {"ErrImageNeverPull", "bring the image to the node"},
    {"pull", "check the image's name, that the node can reach its registry, and `image_pull_secrets`"},
    {"RuntimeClass", "create it with a runtime_class step before this one, or leave `runtime_class` out"},
    {"no runtime for \"", "the node's containerd does not have the handler: see the container_runtime step"},
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

/// The event adds nothing to what the pod's own status says.
bool is_told(const std::string& event, const std::string& told) {
  auto words = event.substr(std::min(event.size(), event.find(": ") + 2));
  if (words.starts_with("Error: ")) words = words.substr(7);
  if (words.ends_with(" times)")) words = words.substr(0, words.rfind(" ("));
  if (told.empty()) return false;
  const bool bare_reason = words.find(' ') == std::string::npos;
  return bare_reason || words.find(told) != std::string::npos || told.find(words) != std::string::npos;
}

/// What the scheduler says of the nodes that the pod is not meant for, since it is meant for one.
constexpr std::string_view elsewhere = "[NodeAffinity]";

/// `1 Insufficient nvidia.com/gpu, 2 node(s) had untolerated taint(s)`; a taint's own text may hold a comma and a
/// blank.
std::vector<std::string> split_reasons(const std::string& text) {
  std::vector<std::string> out;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool next =
        text.compare(at, 2, ", ") == 0 && at + 2 < text.size() && text[at + 2] >= '1' && text[at + 2] <= '9';
    if (!next) continue;
    out.push_back(text.substr(begin, at - begin));
    begin = at + 2;
  }
  out.push_back(text.substr(begin));
  return out;
}

/// Of one node there is no need to say how many.
std::string without_count(const std::string& reason) {
  auto words = reason.substr(std::min(reason.size(), reason.find(' ') + 1));
  return words.starts_with("node(s) ") ? "it " + words.substr(8) : words;
}

}  // namespace

std::string warnings_of(const core::Record& pod) {
  const auto told = text_of(pod, "message");
  std::vector<std::string> out;
  for (const auto& line : util::lines(text_of(pod, "events")))
    if (line.starts_with("Warning ") && std::ranges::find(out, line) == out.end() && !is_told(line, told))
      out.push_back(line);
  constexpr std::ptrdiff_t most = 3;
  if (std::ssize(out) > most) out.erase(out.begin(), out.end() - most);
  return util::join(out, "; ");
}

std::string trouble_of(const core::Record& pod) {
  std::vector<std::string> out;
  for (const auto* key : {"reason", "message"})
    if (const auto text = text_of(pod, key); !text.empty()) out.push_back(text);
  auto said = util::join(out, ": ");
  const auto events = warnings_of(pod);
  return said.empty() || events.empty() ? said + events : said + "; " + events;
}

std::string unplaced_because(const core::Record& pod, const std::string& node) {
  auto message = text_of(pod, "message");
  if (message.empty()) return warnings_of(pod);
  // Pods that would have to go for this one: nothing of ours is worth that.
  for (const auto* rest : {" no new claims", " preemption: "}) message = message.substr(0, message.find(rest));
  const auto list = message.find(" nodes are available: ");
  if (node.empty() || list == std::string::npos) return message;
  std::vector<std::string> own;
  auto reasons = message.substr(list + std::string_view(" nodes are available: ").size());
  if (reasons.ends_with('.')) reasons.pop_back();
  for (const auto& reason : split_reasons(reasons))
    if (reason.find(elsewhere) == std::string::npos) own.push_back(without_count(reason));
  if (own.empty()) return fmt::format("no node of the cluster is called {}", node);
  return fmt::format("{}: {}", node, util::join(own, ", "));
}

bool is_not_begun(const core::Record& pod) {
  const auto events = util::lines(text_of(pod, "events"));
  return text_of(pod, "phase") == "Pending" && !text_of(pod, "node").empty() && !events.empty() &&
         std::ranges::all_of(events, [](const auto& line) { return line.starts_with("Normal Scheduled"); });
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
  if (is_not_begun(pod))
    return "see whether the kubelet runs there, and restart the device plugin's pod: a kubelet waits without a word "
           "for one that hangs" +
           look;
  return "its log and its events say why" + look;
}

std::string advice_for_refused(const std::string& why, const std::string& space) {
  if (why == fmt::format("namespace {} does not exist", space))
    return fmt::format("put `namespace: {{name: {}}}` before this step", space);
  if (why.find("RuntimeClass") != std::string::npos)
    return "create it with a runtime_class step before this one, or leave `runtime_class` out";
  if (why.starts_with("PodSecurity"))
    return "use a namespace whose label pod-security.kubernetes.io/enforce lets it run (a namespace step sets it)";
  if (core::says(why, core::no_right)) return look_advice(why);
  return fmt::format("a namespace step makes {}; its pod security, quotas and admission webhooks can refuse a pod",
                     space);
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
