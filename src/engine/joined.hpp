#pragma once

#include "core/ports.hpp"

namespace gpuctl::engine {

/// A host that is a node of a cluster: what is asked of the cluster goes there, the rest to the host, both at once.
class JoinedObserver : public core::Observer {
 public:
  /// Both outlive this.
  JoinedObserver(core::Observer& host, core::Observer& cluster) : host_(host), cluster_(cluster) {}
  core::Facts gather(std::span<const core::Probe>) override;
  /// Of questions to both, the cluster's are waited for: what hangs on both is how the cluster sees what the host has
  /// done by then.
  core::Facts wait(std::span<const core::Probe>, const core::Facts& last, core::Deadline) override;

 private:
  core::Observer& host_;
  core::Observer& cluster_;
};

/// Hands on the host; what it is to look at afterwards may be in the cluster, too.
class JoinedActor : public core::Actor {
 public:
  JoinedActor(core::Actor& host, core::Observer& cluster) : host_(host), cluster_(cluster) {}
  core::Done perform(std::span<const core::Action>, std::span<const core::Probe> then) override;

 private:
  core::Actor& host_;
  core::Observer& cluster_;
};

}  // namespace gpuctl::engine
