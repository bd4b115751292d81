#include "kube/proof.hpp"

#include <fmt/core.h>

#include "core/error.hpp"
#include "kube/catalog.hpp"
#include "kube/cluster.hpp"
#include "kube/pod_news.hpp"
#include "kube/send_fields.hpp"
#include "kube/status.hpp"
#include "kube/watch.hpp"

namespace gpuctl::kube {

namespace {

using core::Failed;
using core::Fields;
using core::Record;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr const char* label = "/metadata/labels/app.kubernetes.io~1managed-by";

/// Its own grace period, and some for the kubelet.
constexpr seconds removal_patience{60};
/// A namespace gets its default ServiceAccount a moment after it was made.
constexpr seconds account_patience{15};

bool is_ours(const Record& pod) {
  return core::text_of(pod, label) == "gpuctl";
}

std::string list_path(const core::KubeRef& pod) {
  return "/api/v1/namespaces/" + encoded(pod.namespace_) + "/pods";
}

}  // namespace

Proof::Proof(Api& api, const core::PodProof& proof, const Tells& tells)
    : api_(api),
      proof_(proof),
      tells_(tells),
      pods_(list_path(proof.pod)),
      path_(pods_ + "/" + encoded(proof.pod.name)) {}

core::Answer Proof::run() {
  try {
    return made_and_watched();
  } catch (const core::Error& error) {
    if (error.kind() != core::ErrorKind::interrupted) throw;
    throw core::Error(core::ErrorKind::interrupted, "interrupted; " + given_up());
  }
}

core::Answer Proof::made_and_watched() {
  if (auto why = make_way(); !why.empty()) return Failed{why};
  if (auto why = create(); !why.empty()) return Failed{why};
  watch();
  return answer();
}

/// What becomes of the pod when the run is to stop: removed, if the server answers at once.
std::string Proof::given_up() {
  const auto name = core::describe(proof_.pod);
  try {
    const auto found = api_.send_at_last(api_.get(path_));
    const auto pod = found.good() ? record_of(found.body) : Record{};
    if (found.status == 404 || (found.good() && !is_ours(pod))) return name + " was not made";
    if (found.good() && api_.send_at_last(removal(pod)).good()) return name + " was removed";
  } catch (const core::Error&) {
    // The person wants to go: what is left is named.
  }
  return fmt::format("{} may still run: kubectl delete pod -n {} {}", name, proof_.pod.namespace_, proof_.pod.name);
}

bool Proof::is_left() {
  return is_ours(left());
}

/// Only this very pod.
http::Request Proof::removal(const Record& pod) const {
  const Fields options{{"/apiVersion", {"v1"}},
                       {"/kind", {"DeleteOptions"}},
                       {"/gracePeriodSeconds", {"1", false}},
                       {"/preconditions/uid", {core::text_of(pod, "/metadata/uid")}}};
  return api_.request("DELETE", path_, "application/json", json_of(options));
}

/// What stands there under the pod's name; empty: nothing.
Record Proof::left() {
  const auto response = api_.send(api_.get(path_));
  return response.good() ? record_of(response.body) : Record{};
}

std::string Proof::make_way() {
  const auto pod = left();
  if (pod.empty()) return {};
  if (!is_ours(pod))
    return fmt::format(
        "{} is there already and was not made by gpuctl (it lacks the label app.kubernetes.io/managed-by={}); "
        "remove it, or give the test pod another name",
        core::describe(proof_.pod), "gpuctl");
  tells_("removing the pod of an earlier run");
  return remove(pod);
}

std::string Proof::remove(const Record& pod) {
  const auto uid = core::text_of(pod, "/metadata/uid");
  const auto response = api_.send(removal(pod));
  if (response.status == 404 || response.status == 409) return {};
  if (!response.good())
    return fmt::format("{} of an earlier run could not be removed: {}", core::describe(proof_.pod),
                       refusal_of(response).why);
  const Selection same{pods_, "", "metadata.name=" + proof_.pod.name, {}};
  const bool gone = watch_until(api_, {same}, Clock::now() + removal_patience, [&](const auto& listings) {
    for (const auto& [key, item] : listings[0]->items)
      if (core::text_of(item, "/metadata/uid") == uid) return false;
    return true;
  });
  if (gone) return {};
  return fmt::format("{} of an earlier run is still being removed after {} s", core::describe(proof_.pod),
                     removal_patience.count());
}

http::Response Proof::post() {
  Fields fields = proof_.fields;
  fields.erase("/metadata/labels");  // an empty mapping, if any
  fields[label] = {"gpuctl"};
  return api_.send(
      api_.request("POST", pods_ + "?fieldManager=gpuctl&fieldValidation=Strict", "application/json", json_of(fields)));
}

/// True: it has come, or was there.
bool Proof::await_account() {
  const Selection account{
      "/api/v1/namespaces/" + encoded(proof_.pod.namespace_) + "/serviceaccounts", "", "metadata.name=default", {}};
  return watch_until(api_, {account}, Clock::now() + account_patience,
                     [](const auto& listings) { return !listings[0]->items.empty(); });
}

/// The link was cut, and the pod may have been made all the same.
bool Proof::made_all_the_same() {
  const auto pod = left();
  uid_ = is_ours(pod) ? core::text_of(pod, "/metadata/uid") : "";
  return !uid_.empty();
}

/// Why it could not be made; empty: it was.
std::string Proof::create() {
  http::Response response;
  try {
    response = post();
    const bool early =
        response.status == 403 && response.body.find("error looking up service account") != std::string::npos;
    if (early && await_account()) response = post();
    if (!response.good()) return refusal_of(response).why;
    uid_ = core::text_of(record_of(response.body), "/metadata/uid");
  } catch (const core::Error& error) {
    if (error.kind() == core::ErrorKind::interrupted || !made_all_the_same()) throw;
  }
  return {};
}

bool Proof::look(const Listing& pods, const Listing& events) {
  events_ = events;
  why_ = pods.failed;
  const auto pod = pods.items.begin();
  if (pods.failed.empty() && (pod == pods.items.end() || core::text_of(pod->second, "/metadata/uid") != uid_)) {
    gone_ = true;
    return true;
  }
  if (pod != pods.items.end()) pod_ = pod->second;
  bool hopeless = false;
  auto news = obstacles(pod_);
  for (auto& warning : warnings(events)) news.push_back(std::move(warning));
  for (const auto& obstacle : news) {
    hopeless |= obstacle.hopeless;
    const auto text = describe(obstacle);
    if (!has_ended(pod_) && told_.insert(text).second) tells_(text);
  }
  return hopeless || has_ended(pod_);
}

void Proof::watch() {
  const Selection pod{pods_, "", "metadata.name=" + proof_.pod.name, {true, {}}};
  const Selection events{
      "/api/v1/namespaces/" + encoded(proof_.pod.namespace_) + "/events", "", "involvedObject.uid=" + uid_, {true, {}}};
  watch_until(api_, {pod, events}, Clock::now() + seconds(proof_.timeout_s),
              [&](const auto& listings) { return look(*listings[0], *listings[1]); });
  // Events follow the pod's status by a moment.
  ListQuestion last(api_, events);
  Question* question = &last;
  ask(api_, {&question, 1});
  if (last.listing().failed.empty()) events_ = last.take_listing();
}

void Proof::add_log(Record& out) {
  out["log"] = core::Absent{};
  const auto at = first_container(pod_);
  const bool ran = !at.empty() &&
                   (pod_.contains(at + "/state/terminated/exitCode") || pod_.contains(at + "/state/running/startedAt"));
  if (!ran) return;
  const auto response = api_.send(api_.get(fmt::format("{}/log?container={}&limitBytes=65536", path_,
                                                       encoded(core::text_of(pod_, "/spec/containers/0/name")))));
  if (response.good())
    out["log"] = response.body;
  else
    out["log_why"] = refusal_of(response).why;
}

core::Answer Proof::answer() {
  if (gone_) return Failed{fmt::format("{} was removed by somebody while it was watched", core::describe(proof_.pod))};
  if (pod_.empty())
    return Failed{fmt::format("{} was made and cannot be watched: {}", core::describe(proof_.pod), why_)};
  auto out = pod_end(pod_, events_);
  out["events"] = event_lines(events_);
  add_log(out);
  out["kept"] = "yes";
  return out;
}

void Proof::clear() {
  const auto pod = left();
  if (!is_ours(pod)) return;
  const auto response = api_.send(removal(pod));
  if (response.good() || response.status == 404 || response.status == 409) return;
  throw core::Error(core::ErrorKind::failed,
                    fmt::format("{} could not be removed: {}", core::describe(proof_.pod), refusal_of(response).why));
}

core::Answer Cluster::prove(const core::PodProof& proof, const std::function<void(const std::string&)>& tells) {
  auto out = Proof(api_, proof, tells).run();
  count_change();
  return out;
}

bool Cluster::is_left(const core::PodProof& proof) {
  const std::function<void(const std::string&)> nobody = [](const std::string&) {};
  return Proof(api_, proof, nobody).is_left();
}

void Cluster::clear(const core::PodProof& proof) {
  const std::function<void(const std::string&)> nobody = [](const std::string&) {};
  Proof(api_, proof, nobody).clear();
  count_change();
}

}  // namespace gpuctl::kube
