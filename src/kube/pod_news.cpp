#include "kube/pod_news.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "util/strings.hpp"

namespace gpuctl::kube {

namespace {

using core::Record;
using core::text_of;

/// Reasons for which a container waits that are no trouble.
constexpr std::array<std::string_view, 2> normal{"ContainerCreating", "PodInitializing"};
/// Those that no time mends: the name is no name, the image is nowhere and may not be pulled.
constexpr std::array<std::string_view, 2> hopeless{"InvalidImageName", "ErrImageNeverPull"};

constexpr std::array<std::string_view, 2> lists{"/status/initContainerStatuses", "/status/containerStatuses"};

template <class List>
bool one_of(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string said(const Record& record, const std::string& pointer) {
  auto text = text_of(record, pointer);
  return text == "null" ? std::string() : text;
}

/// Each container's status: pointers into the record.
std::vector<std::string> containers(const Record& pod) {
  std::vector<std::string> out;
  for (const auto list : lists)
    for (int i = 0;; ++i) {
      const std::string at = fmt::format("{}/{}", list, i);
      if (!pod.contains(at + "/name")) break;
      out.push_back(at);
    }
  return out;
}

/// While the kubelet holds back it says what it holds back from: `Back-off pulling image "x": ErrImagePull: no such
/// host`.
Obstacle behind_back_off(std::string reason, std::string message) {
  constexpr std::string_view sign = "\": ErrImagePull: ";
  const auto at = message.find(sign);
  if (reason != "ImagePullBackOff" || at == std::string::npos) return {std::move(reason), std::move(message), false};
  return {"ErrImagePull", message.substr(at + sign.size()), false};
}

void add_container(const Record& pod, const std::string& at, std::vector<Obstacle>& out) {
  const auto waiting = said(pod, at + "/state/waiting/reason");
  if (!waiting.empty() && !one_of(normal, waiting)) {
    out.push_back(behind_back_off(waiting, said(pod, at + "/state/waiting/message")));
    out.back().hopeless = one_of(hopeless, waiting);
  }
  const auto ended = said(pod, at + "/state/terminated/reason");
  if (ended.empty() || ended == "Completed") return;
  auto message = said(pod, at + "/state/terminated/message");
  const auto where = fmt::format("container {} ended with exit code {}", said(pod, at + "/name"),
                                 said(pod, at + "/state/terminated/exitCode"));
  out.push_back({ended, message.empty() ? where : where + ": " + message, false});
}

/// When an event was last seen, in a form that sorts: RFC 3339.
std::string time_of(const Record& event) {
  for (const char* pointer :
       {"/series/lastObservedTime", "/lastTimestamp", "/eventTime", "/firstTimestamp", "/metadata/creationTimestamp"})
    if (auto time = said(event, pointer); !time.empty()) return time;
  return {};
}

/// By the time when they were last seen; those of one moment stay in order.
std::multimap<std::string, const Record*> in_order(const Listing& events) {
  std::multimap<std::string, const Record*> out;
  for (const auto& [key, event] : events.items) out.emplace(time_of(event), &event);
  return out;
}

std::string one_line(const std::string& text) {
  return util::replace_all(std::string(util::trim(text)), "\n", " ");
}

}  // namespace

std::vector<Obstacle> obstacles(const Record& pod) {
  std::vector<Obstacle> out;
  for (const auto& at : containers(pod)) add_container(pod, at, out);
  // Evicted, UnexpectedAdmissionError, DeadlineExceeded: of the pod as a whole.
  if (const auto reason = said(pod, "/status/reason"); !reason.empty())
    out.insert(out.begin(), {reason, said(pod, "/status/message"), false});
  for (int i = 0;; ++i) {
    const std::string at = fmt::format("/status/conditions/{}", i);
    if (!pod.contains(at + "/type")) break;
    if (text_of(pod, at + "/type") == "PodScheduled" && text_of(pod, at + "/status") == "False")
      out.push_back({said(pod, at + "/reason"), said(pod, at + "/message"), false});
  }
  return out;
}

std::vector<Obstacle> warnings(const Listing& events) {
  std::vector<Obstacle> out;
  for (const auto& [time, event] : in_order(events))
    if (text_of(*event, "/type") == "Warning")
      out.push_back({said(*event, "/reason"), one_line(said(*event, "/message")), false});
  return out;
}

std::string describe(const Obstacle& obstacle) {
  const auto& reason = obstacle.reason;
  if (reason == "Unschedulable" || reason == "FailedScheduling") return "cannot be scheduled: " + obstacle.message;
  if (reason == "ErrImagePull" || reason == "ImagePullBackOff") return "image cannot be pulled: " + obstacle.message;
  if (obstacle.message.empty()) return reason;
  return reason + ": " + obstacle.message;
}

std::string event_lines(const Listing& events) {
  std::vector<std::string> lines;
  for (const auto& [time, event] : in_order(events)) {
    auto count = said(*event, "/series/count");
    if (count.empty()) count = said(*event, "/count");
    lines.push_back(
        fmt::format("{} {}: {}{}", said(*event, "/type"), said(*event, "/reason"), one_line(said(*event, "/message")),
                    count.empty() || count == "1" || count == "0" ? "" : fmt::format(" ({} times)", count)));
  }
  return util::join(lines, "\n");
}

std::string first_container(const Record& pod) {
  const auto name = text_of(pod, "/spec/containers/0/name");
  for (const auto& at : containers(pod))
    if (at.starts_with(lists[1]) && text_of(pod, at + "/name") == name) return at;
  return {};
}

bool has_ended(const Record& pod) {
  const auto phase = text_of(pod, "/status/phase");
  return phase == "Succeeded" || phase == "Failed";
}

Record pod_end(const Record& pod, const Listing& events) {
  Record out{{"phase", said(pod, "/status/phase")}, {"node", said(pod, "/spec/nodeName")}};
  const auto at = first_container(pod);
  if (const auto exit = said(pod, at + "/state/terminated/exitCode"); !at.empty() && !exit.empty()) out["exit"] = exit;
  auto found = obstacles(pod);
  if (!has_ended(pod) && found.empty()) found = warnings(events);
  if (!found.empty()) {
    out["reason"] = found.front().reason;
    out["message"] = one_line(found.front().message);
  }
  return out;
}

}  // namespace gpuctl::kube
