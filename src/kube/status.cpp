#include "kube/status.hpp"

#include <nlohmann/json.hpp>

#include "kube/member.hpp"
#include "util/strings.hpp"

namespace gpuctl::kube {

namespace {

using nlohmann::json;

void read_details(const json& details, Status& status) {
  status.kind = text_at(details, "kind");
  status.name = text_at(details, "name");
  const auto causes = details.find("causes");
  if (causes == details.end() || !causes->is_array()) return;
  for (const auto& cause : *causes)
    if (cause.is_object())
      status.causes.push_back({text_at(cause, "reason"), text_at(cause, "message"), text_at(cause, "field")});
}

}  // namespace

Status status_of(const http::Response& response) {
  Status status;
  status.code = response.status;
  const json body = json::parse(response.body, nullptr, false);
  if (!body.is_object() || text_at(body, "kind") != "Status") {
    // A proxy's page, or a plain `404 page not found`.
    status.message = util::trim(response.body.substr(0, response.body.find('\n')));
    return status;
  }
  status.reason = text_at(body, "reason");
  status.message = text_at(body, "message");
  if (const auto details = body.find("details"); details != body.end() && details->is_object())
    read_details(*details, status);
  return status;
}

}  // namespace gpuctl::kube
