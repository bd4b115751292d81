#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "chart/value.hpp"
#include "core/facts.hpp"
#include "core/helm.hpp"
#include "core/ports.hpp"
#include "steps/helm_objects.hpp"

namespace gpuctl::chart {
class ChartTree;
struct ReleaseRequest;
struct Surroundings;
namespace release {
struct Release;
struct SealedTexts;
}  // namespace release
}  // namespace gpuctl::chart

namespace gpuctl::steps {

/// A hook, and when it runs.
struct EventHook {
  std::vector<std::string> events;
  int weight = 0;
  core::HelmHook hook;
};

/// What a rendering is made for.
struct RenderFor {
  ReleaseName release;
  int revision = 1;
  bool is_upgrade = false;
  bool operator==(const RenderFor&) const = default;
};

/// A chart, rendered for one release on one cluster. Values of Secrets are words of Seal's.
struct HelmRendering {
  std::vector<Manifest> objects;  ///< in the order of installing
  std::vector<EventHook> hooks;   ///< in the order of their weights
  std::string manifest;           ///< the objects as Helm stores them
  std::string content;            ///< the whole release, a word
  bool is_rolled = false;         ///< strings that are made anew each time are words of Seal's by their places
  std::string digest;             ///< of the chart
  std::string origin;             ///< a digest of the chart, the values and all that was read of the cluster
  std::vector<std::string> unused_values;
  std::vector<std::string> warnings;
  std::vector<core::KubeRef> lookups;  ///< in the order they were made
  std::string fault;                   ///< why it cannot be rendered, in Helm's words; then the rest is not there
};

/// A chart and the values that a playbook has for it. Renders each situation once, however often it is asked: a chart
/// may roll dice, and what was shown has to be what is done.
class HelmChart {
 public:
  /// Throws Error{invalid}: what was loaded is no chart that can be installed.
  HelmChart(std::vector<core::ChartFile>, std::shared_ptr<chart::Map> values, std::shared_ptr<core::Workshop>);

  const std::string& name() const;
  const std::string& version() const;
  /// Those in crds/, which are made where they are absent, and never changed.
  const std::vector<Manifest>& definitions() const { return definitions_; }
  /// Whether a kind stands outside of namespaces: by the chart's own definitions, else by what the cluster says.
  ClusterScoped scopes(const core::Facts&) const;
  /// Of the user's values, a word.
  const std::string& config() const { return config_; }

  /// Lookups that the facts have no answer to find nothing: it is rendered anew once they have one.
  const HelmRendering& rendered(const RenderFor&, const core::Facts&) const;

 private:
  struct Kept;
  std::unique_ptr<chart::ChartTree> load() const;
  HelmRendering render(const RenderFor&, const core::Facts&) const;
  void render_into(HelmRendering&, std::set<std::string>& reads, const RenderFor&, const core::Facts&) const;
  chart::ReleaseRequest request_for(const RenderFor&, const core::Facts&) const;
  chart::Surroundings surroundings(const core::Facts&) const;
  std::optional<chart::release::SealedTexts> again(const RenderFor&, const core::Facts&) const;
  void leave_rolls_out(HelmRendering&, chart::release::SealedTexts&, chart::release::Release, const RenderFor&,
                       const core::Facts&) const;

  std::vector<core::ChartFile> files_;
  std::shared_ptr<chart::Map> values_;
  std::shared_ptr<core::Workshop> workshop_;
  std::string name_, version_, config_;
  std::vector<Manifest> definitions_;
  std::shared_ptr<std::deque<Kept>> kept_;
};

}  // namespace gpuctl::steps
