#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "chart/changed_maps.hpp"
#include "chart/engine.hpp"
#include "chart/package/chart.hpp"
#include "chart/template/template_set.hpp"

namespace gpuctl::chart {

/// What a rendering may ask of the world.
struct Surroundings {
  std::function<std::chrono::system_clock::time_point()> now;
  std::function<void(std::span<unsigned char>)> random;
  /// As Engine::zone. Empty: there is UTC alone.
  std::function<std::optional<std::string>(const std::string&)> zone;
  /// Empty: there is no cluster, and what is looked up is not there.
  std::function<Value(const std::string& api_version, const std::string& kind, const std::string& name_space,
                      const std::string& name)>
      lookup;
  Warn warn;
  Reads* reads = nullptr;  ///< who hears what templates read
};

/// The templates of one rendering at work: include, and tpl, whose text sees all of them and adds to none.
class RenderEngine : public Engine {
 public:
  RenderEngine(const TemplateSet& templates, const Surroundings& world, bool lints)
      : sets_{&templates}, world_(world), lints_(lints) {}

  std::string include(const std::string& name, const Value& data) override;
  std::string tpl(const std::string& text, const Value& data) override;
  Value lookup(const std::string& api_version, const std::string& kind, const std::string& name_space,
               const std::string& name) override;
  std::chrono::system_clock::time_point now() override { return world_.now(); }
  std::optional<std::string> zone(const std::string& name) override {
    return world_.zone ? world_.zone(name) : std::nullopt;
  }
  void random(std::span<unsigned char> bytes) override { world_.random(bytes); }
  void changed(const std::shared_ptr<Map>& map) override { changed_.add(map); }
  bool lints() const override { return lints_; }

 private:
  std::vector<const TemplateSet*> sets_;  ///< the innermost tpl's last
  std::map<std::string, int, std::less<>> included_;
  const Surroundings& world_;
  bool lints_;
  ChangedMaps changed_;
};

/// Takes out Go's words for a missing value, as Helm does, also where the author wrote them.
void remove_no_value(std::string& text);

}  // namespace gpuctl::chart
