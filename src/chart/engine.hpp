#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// What a function may ask of the rendering that it runs in. Everything here that is not pure comes from a port.
class Engine {
 public:
  virtual ~Engine() = default;

  /// The template `name` executed over `data`. Throws CallError, or the failed template's own error.
  virtual std::string include(const std::string& name, const Value& data) = 0;
  /// `text` as a template of its own that knows all the others.
  virtual std::string tpl(const std::string& text, const Value& data) = 0;
  /// Objects of the cluster; an empty map where there is none, or no cluster.
  virtual Value lookup(const std::string& api_version, const std::string& kind, const std::string& name_space,
                       const std::string& name) = 0;

  virtual std::chrono::system_clock::time_point now() = 0;
  /// The TZif file of a time zone such as `Europe/Berlin`, or of `Local`, the machine's own; empty where there is none.
  virtual std::optional<std::string> zone(const std::string&) { return std::nullopt; }
  virtual void random(std::span<unsigned char> bytes) = 0;    ///< from the system's generator
  virtual void changed(const std::shared_ptr<Map>& map) = 0;  ///< it was given a value, and may hold itself now
  virtual bool lints() const = 0;                             ///< `required` and `fail` let pass, as helm lint has them
};

}  // namespace gpuctl::chart
