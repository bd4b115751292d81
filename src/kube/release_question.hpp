#pragma once

#include <vector>

#include "core/secret_store.hpp"
#include "kube/question.hpp"

namespace gpuctl::kube {

/// The releases that a namespace's Secrets hold.
class ReleaseQuestion : public Question {
 public:
  ReleaseQuestion(const Api& api, core::HelmReleases probe) : api_(api), probe_(std::move(probe)) {}
  http::Request request() override;
  bool take(const http::Response&) override;
  core::Answer answer() const override;

 private:
  const Api& api_;
  core::HelmReleases probe_;
  std::vector<core::SecretObject> secrets_;
  std::string next_, failed_;
};

}  // namespace gpuctl::kube
