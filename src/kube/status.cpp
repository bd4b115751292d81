#include "kube/status.hpp"

#include <nlohmann/json.hpp>

#include "util/strings.hpp"

namespace gpuctl::kube {

namespace {

using nlohmann::json;

std::string text(const json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

void read_details(const json& details, Status& status) {
  status.kind = text(details, "kind");
  status.name = text(details, "name");
  const auto causes = details.find("causes");
  if (causes == details.end() || !causes->is_array()) return;
  for (const auto& cause : *causes)
    if (cause.is_object())
      status.causes.push_back({text(cause, "reason"), text(cause, "message"), text(cause, "field")});
}

}  // namespace

Status status_of(const http::Response& response) {
  Status status;
  status.code = response.status;
  const json body = json::parse(response.body, nullptr, false);
  if (!body.is_object() || text(body, "kind") != "Status") {
    // A proxy's page, or a plain `404 page not found`.
    status.message = util::trim(response.body.substr(0, response.body.find('\n')));
    return status;
  }
  status.reason = text(body, "reason");
  status.message = text(body, "message");
  if (const auto details = body.find("details"); details != body.end() && details->is_object())
    read_details(*details, status);
  return status;
}

}  // namespace gpuctl::kube
