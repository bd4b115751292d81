#pragma once

#include <functional>
#include <set>
#include <string>

#include "core/probe.hpp"
#include "kube/api.hpp"
#include "kube/question.hpp"

namespace gpuctl::kube {

/// One test pod, from its making to its end.
class Proof {
 public:
  using Tells = std::function<void(const std::string&)>;
  Proof(Api&, const core::PodProof&, const Tells&);

  core::Answer run();
  /// Whether a pod of ours is there under its name.
  bool is_left();
  /// Removes it, if it is ours.
  void clear();

 private:
  core::Answer made_and_watched();
  std::string given_up();
  std::string make_way();
  std::string remove(const core::Record& pod);
  std::string create();
  bool made_all_the_same();
  http::Response post();
  bool await_account();
  void watch();
  bool look(const Listing& pod, const Listing& events);
  core::Answer answer();
  void add_log(core::Record& out);
  core::Record left();
  http::Request removal(const core::Record& pod) const;

  Api& api_;
  const core::PodProof& proof_;
  const Tells& tells_;
  std::string pods_;  ///< path of the collection
  std::string path_;  ///< of the pod
  std::string uid_;
  core::Record pod_;
  Listing events_;
  std::string why_;  // it cannot be listed
  bool gone_ = false;
  std::set<std::string> told_;
};

}  // namespace gpuctl::kube
