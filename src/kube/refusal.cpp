#include <fmt/core.h>

#include <optional>

#include "core/refusal_words.hpp"
#include "kube/status.hpp"
#include "util/strings.hpp"

namespace gpuctl::kube {

namespace {

/// What stands between two texts; nothing when they do not both stand there.
std::optional<std::string> between(const std::string& text, const std::string& before, const std::string& after) {
  const auto at = text.find(before);
  if (at == std::string::npos) return {};
  const auto begin = at + before.size();
  const auto end = after.empty() ? text.size() : text.find(after, begin);
  return end == std::string::npos ? std::optional<std::string>() : text.substr(begin, end - begin);
}

/// kube-apiserver's authorizer: `User "u" cannot get resource "pods" in API group "" in the namespace "n"`.
std::string forbidden(const Status& status) {
  const auto user = between(status.message, "User \"", "\"");
  const auto verb = between(status.message, "\" cannot ", " resource");
  const auto resource = between(status.message, " resource \"", "\"");
  if (!user || !verb || !resource) return status.message;
  const auto group = between(status.message, " in API group \"", "\"").value_or("");
  const auto space = between(status.message, " in the namespace \"", "\"");
  // A namespace is said to stand in itself.
  const bool inside = space && *resource != "namespaces";
  return fmt::format("user \"{}\"{}{} {}{}{}{}", *user, core::no_right, *verb, *resource, group.empty() ? "" : ".",
                     group, inside ? fmt::format(" in namespace \"{}\"", *space) : " of the cluster");
}

/// Admission: what stood between an allowed request and the object.
std::optional<std::string> refused_by_admission(const Status& status) {
  const auto& message = status.message;
  if (const auto hook = between(message, "admission webhook \"", "\" denied the request"))
    return fmt::format("admission webhook {} refuses it{}", *hook,
                       between(message, "\" denied the request", "").value_or(""));
  if (const auto hook = between(message, "failed calling webhook \"", "\"")) {
    const auto why = between(message, "failed calling webhook \"" + *hook + "\"", "").value_or("");
    return fmt::format("admission webhook {} could not be asked{}", *hook,
                       util::replace_all(why, ": failed to call webhook", ""));
  }
  if (const auto level = between(message, "violates PodSecurity \"", "\""))
    return fmt::format("PodSecurity \"{}\" of the namespace refuses it{}", *level,
                       between(message, "violates PodSecurity \"" + *level + "\"", "").value_or(""));
  return {};
}

/// `conflict with "kubectl-edit" using apps/v1`, also with `with subresource "status"` in between.
std::string owner_conflict(const Status::Cause& cause) {
  const auto owner = between(cause.message, "conflict with \"", "\"");
  return owner ? fmt::format("{}{}\"{}\"", cause.field, core::not_ours, *owner)
               : fmt::format("{}: {}", cause.field, cause.message);
}

/// A field that the kind does not have, or a value of another type: found before the object is looked at, and answered
/// with a bare 500 of one line, or of several under `errors:`.
std::optional<std::string> mistyped(const Status& status) {
  const auto found = between(status.message, "failed to create typed patch object (", "");
  if (!found || found->find("): ") == std::string::npos) return {};
  std::vector<std::string> parts;
  for (const auto& line : util::lines(found->substr(found->find("): ") + 3)))
    if (const auto text = util::trim(line); !text.empty() && text != "errors:")
      parts.push_back(
          util::replace_all(std::string(text), ": field not declared in schema", ": there is no such field"));
  return util::join(parts, "; ");
}

std::string listed(const Status& status) {
  std::vector<std::string> parts;
  for (const auto& cause : status.causes)
    parts.push_back(cause.reason == "FieldManagerConflict" ? owner_conflict(cause)
                    : cause.field.empty()                  ? cause.message
                                                           : cause.field + ": " + cause.message);
  return util::join(parts, "; ");
}

std::string sentence(const Status& status) {
  if (auto text = refused_by_admission(status)) return *text;
  if (auto text = mistyped(status)) return *text;
  if (status.code == 401) return "the API server does not accept our credentials (401 Unauthorized)";
  if (status.code == 403) return forbidden(status);
  if (status.code == 404 && status.kind == "namespaces") return fmt::format("namespace {} does not exist", status.name);
  if ((status.code == 409 || status.code == 422) && !status.causes.empty()) return listed(status);
  if (status.code == 429) return "the API server answers 429 (too many requests): " + status.message;
  if (status.reason.empty())
    return fmt::format("the API server answers with HTTP status {}{}{}", status.code,
                       status.message.empty() ? "" : ": ", status.message);
  if (status.code >= 500) return fmt::format("the API server answers {}: {}", status.code, status.message);
  return status.message;
}

}  // namespace

Refusal refusal_of(const Status& status) {
  return {sentence(status)};
}

Refusal refusal_of(const http::Response& response) {
  return refusal_of(status_of(response));
}

}  // namespace gpuctl::kube
