#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "chart/engine.hpp"
#include "chart/function.hpp"
#include "chart/template/error.hpp"
#include "chart/template/parser.hpp"
#include "chart/template/stack.hpp"

namespace gpuctl::chart {

/// What a key that is not in a map is.
enum class MissingKey : std::uint8_t {
  nothing,  ///< text/template's own: `<no value>`
  zero,     ///< Helm's: the zero value of the map's elements, a nil interface
};

/// Hears what templates read of the values.
class Reads {
 public:
  virtual ~Reads() = default;
  virtual void key(const Map& map, std::string_view key) = 0;  ///< .key, or index
  virtual void all(const Map& map) = 0;  ///< range, or the map was printed or handed to a function
};

/// What one execution may use, with all that it includes.
struct Limits {
  std::uint64_t steps = 200'000'000;            ///< nodes and calls: some seconds
  std::size_t output = std::size_t{256} << 20;  ///< bytes
};

/// Templates by name, as a *template.Template of Go is a set of them. A copy is cheap and shares what has been parsed.
class TemplateSet {
 public:
  explicit TemplateSet(const Functions& functions, MissingKey missing = MissingKey::nothing, Reads* reads = nullptr,
                       Limits limits = {});

  /// Parses a text as the template `name`; what it defines comes into the set too, and the last of a name wins unless
  /// there is nothing but space in it. Throws TemplateError.
  void add(const std::string& name, std::string_view text);
  void remove(std::string_view name) { trees_.erase(std::string(name)); }
  bool has(std::string_view name) const { return trees_.contains(name); }

  /// Appends what the template makes of the data. Throws TemplateError, also where no template is of the name.
  void execute(std::string_view name, const Value& data, Engine& engine, std::string& out) const;

 private:
  friend class Execution;

  /// What executions within each other have in common, in the copies of a set too.
  struct Run {
    int depth = 0;
    Stack stack;
    std::uint64_t steps = 0;
  };

  const Functions* functions_;
  MissingKey missing_;
  Reads* reads_;
  Limits limits_;
  Trees trees_;
  std::shared_ptr<Run> run_;
};

}  // namespace gpuctl::chart
