#include "kube/question.hpp"

#include <fmt/core.h>

#include <span>
#include <vector>

#include "core/error.hpp"
#include "core/visit.hpp"
#include "kube/release_question.hpp"
#include "kube/sealed.hpp"
#include "kube/send_fields.hpp"
#include "kube/status.hpp"
#include "kube/walker.hpp"

namespace gpuctl::kube {

namespace {

using core::Absent;
using core::Answer;
using core::Failed;
using http::Response;

/// A question of one request.
class OneRequest : public Question {
 public:
  using Decode = std::function<Answer(const Response&)>;
  OneRequest(http::Request request, Decode decode) : request_(std::move(request)), decode_(std::move(decode)) {}
  http::Request request() override { return request_; }
  bool take(const Response& response) override {
    try {
      answer_ = response.status == 0 ? Answer{Failed{response.body}} : decode_(response);
    } catch (const core::Error& error) {
      answer_ = Failed{error.message()};  // cut off
    }
    return true;
  }
  Answer answer() const override { return answer_; }

 private:
  http::Request request_;
  Decode decode_;
  Answer answer_;
};

Answer object_answer(const Response& response) {
  if (response.status == 404) return Absent{};
  if (!response.good()) return Failed{refusal_of(response).why};
  return record_of(response.body);
}

Answer lookup_answer(const Response& response, const Api& api) {
  if (response.status == 404) return Absent{};
  if (!response.good()) return Failed{refusal_of(response).why};
  return core::Text{api.options().seal->keep(response.body)};
}

/// Where the namespace is missing, or the right, the diff is shown as sent.
Answer dry_run_answer(const Response& response) {
  if (response.good()) return record_of(response.body);
  const Status status = status_of(response);
  if (status.code == 404) return Absent{};
  const bool right = status.message.find("\" cannot ") != std::string::npos;
  if (status.code == 403 && right) return Absent{};
  return Failed{refusal_of(status).why};
}

/// 400: it waits to be started, or its pod is not placed yet.
Answer log_answer(const Response& response) {
  if (response.good()) return core::Text{response.body};
  if (response.status == 404 || response.status == 400) return Absent{};
  return Failed{refusal_of(response).why};
}

Answer server_answer(const Response& response, const Api& api) {
  if (!response.good()) return Failed{refusal_of(response).why};
  core::Record out{{"url", api.access().server}, {"version", core::Field{Absent{}}}};
  walk(response.body, [&](const std::string& pointer, std::string text) {
    if (pointer == "/gitVersion") out["version"] = std::move(text);
  });
  if (!api.options().through.empty()) out["through"] = api.options().through;
  return out;
}

std::unique_ptr<Question> one(http::Request request, OneRequest::Decode decode) {
  return std::make_unique<OneRequest>(std::move(request), std::move(decode));
}

std::unique_ptr<Question> log_question(const core::KubeLog& probe, const Api& api) {
  std::string path = fmt::format("/api/v1/namespaces/{}/pods/{}/log?tailLines={}&limitBytes=65536",
                                 encoded(probe.namespace_), encoded(probe.pod), probe.lines);
  if (!probe.container.empty()) path += "&container=" + encoded(probe.container);
  return one(api.get(std::move(path)), log_answer);
}

}  // namespace

http::Request apply_request(const Api& api, const Resource& resource, const core::KubeRef& ref,
                            const core::Fields& fields, const std::string& manager, bool force, bool dry) {
  const std::string path = fmt::format("{}?fieldManager={}&fieldValidation=Strict&force={}{}", resource.object(ref),
                                       encoded(manager), force ? "true" : "false", dry ? "&dryRun=All" : "");
  return api.request("PATCH", path, "application/apply-patch+yaml", json_of(opened(ref, fields, api.seal())));
}

std::optional<KindNeeded> kind_needed(const core::Probe& probe) {
  return std::visit(
      core::Overload{
          [](const core::KubeObject& p) -> std::optional<KindNeeded> {
            return KindNeeded{p.object.api_version, p.object.kind};
          },
          [](const core::KubeList& p) -> std::optional<KindNeeded> { return KindNeeded{p.api_version, p.kind}; },
          [](const core::KubeLookup& p) -> std::optional<KindNeeded> {
            return KindNeeded{p.object.api_version, p.object.kind};
          },
          [](const core::KubeDryRun& p) -> std::optional<KindNeeded> {
            return KindNeeded{p.object.api_version, p.object.kind};
          },
          [](const auto&) -> std::optional<KindNeeded> { return {}; },
      },
      probe);
}

std::unique_ptr<Question> question_of(const core::Probe& probe, const Resource* resource, const Api& api) {
  using Made = std::unique_ptr<Question>;
  return std::visit(
      core::Overload{
          [&](const core::KubeServer&) -> Made {
            return one(api.get("/version"), [&api](const Response& r) { return server_answer(r, api); });
          },
          [&](const core::KubeLog& p) -> Made { return log_question(p, api); },
          [&](const core::KubeLookup& p) -> Made {
            const bool whole = !p.object.name.empty();
            auto path = whole ? resource->object(p.object) : resource->collection(p.object.namespace_);
            return one(api.get(std::move(path)), [&api](const Response& r) { return lookup_answer(r, api); });
          },
          [&](const core::KubeObject& p) -> Made { return one(api.get(resource->object(p.object)), object_answer); },
          [&](const core::KubeDryRun& p) -> Made {
            return one(apply_request(api, *resource, p.object, p.fields, p.manager, p.force, true), dry_run_answer);
          },
          [&](const core::KubeList& p) -> Made {
            return std::make_unique<ListQuestion>(
                api, Selection{resource->collection(p.namespace_), p.labels, p.fields, {false, p.keep}});
          },
          [&](const core::HelmReleases& p) -> Made { return std::make_unique<ReleaseQuestion>(api, p); },
          [](const auto&) -> Made { return nullptr; },
      },
      probe);
}

void ask(Api& api, std::span<Question* const> questions) {
  std::vector<Question*> open(questions.begin(), questions.end());
  while (!open.empty()) {
    std::vector<http::Request> requests;
    for (auto* question : open) requests.push_back(question->request());
    const auto responses = api.all(std::move(requests));
    std::vector<Question*> left;
    for (std::size_t at = 0; at < open.size(); ++at)
      if (!open[at]->take(responses[at])) left.push_back(open[at]);
    open = std::move(left);
  }
}

}  // namespace gpuctl::kube
