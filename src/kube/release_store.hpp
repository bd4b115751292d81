#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/helm.hpp"
#include "core/helm_book.hpp"
#include "kube/api.hpp"

namespace gpuctl::kube {

/// The Secrets of one release. Each call throws Error: unreachable; failed, with the server's words.
class ReleaseStore {
 public:
  ReleaseStore(Api& api, std::string name, std::string space)
      : api_(api), name_(std::move(name)), space_(std::move(space)) {}

  /// Nothing: there is no such revision.
  std::optional<core::SecretObject> revision(int number);
  /// Those that have this label, too (`status=deployed`), or all; oldest first.
  std::vector<core::SecretObject> labelled(const std::string& more = {});
  /// `replaces`: one of its name may be there. Otherwise one that is there throws Error{refused}.
  void create(const core::SecretObject&, bool replaces);
  void replace(const core::SecretObject&);
  void remove(const std::string& secret);
  /// The last `most` revisions stay, and one that is deployed.
  void forget_old(int most);

 private:
  std::string path(const std::string& secret) const;
  http::Response checked(http::Request);

  Api& api_;
  std::string name_, space_;
};

}  // namespace gpuctl::kube
