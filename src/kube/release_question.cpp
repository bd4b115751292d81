#include "kube/release_question.hpp"

#include "core/error.hpp"
#include "core/helm_book.hpp"
#include "kube/catalog.hpp"
#include "kube/secrets.hpp"
#include "kube/status.hpp"

namespace gpuctl::kube {

http::Request ReleaseQuestion::request() {
  const auto labels = probe_.name.empty() ? "owner=helm" : "name=" + probe_.name + ",owner=helm";
  auto request =
      api_.get(secrets_path(probe_.namespace_, labels) + (next_.empty() ? "" : "&continue=" + encoded(next_)));
  request.most = most_in_secrets;
  return request;
}

bool ReleaseQuestion::take(const http::Response& response) {
  if (!response.good()) {
    failed_ = response.status == 0 ? response.body : refusal_of(response).why;
    return true;
  }
  try {
    next_ = add_secrets(response.body, secrets_);
  } catch (const core::Error& error) {
    failed_ = error.message();
    return true;
  }
  return next_.empty();
}

core::Answer ReleaseQuestion::answer() const {
  if (!failed_.empty()) return core::Failed{failed_};
  const auto& options = api_.options();
  if (!options.book) return core::Failed{"nobody here reads Helm's releases"};
  return options.book->read(secrets_, *options.seal);
}

}  // namespace gpuctl::kube
