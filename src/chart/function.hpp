#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "chart/value.hpp"

namespace gpuctl::chart {

class Engine;

/// The Go type of a parameter: what the executor lets through, and converts to, before the call.
enum class Type : std::uint8_t {
  any,      ///< interface {}
  value,    ///< reflect.Value: like any, and an untyped nil is let through
  boolean,  ///< bool
  integer,  ///< int: a template constant, or a value of an integer kind that text/template accepts for it
  int64,
  uint32,
  float64,
  string,
  list,         ///< []interface {}
  strings,      ///< []string
  map,          ///< map[string]interface {}
  object,       ///< a pointer to a struct; the function checks which
  time,         ///< time.Time
  duration,     ///< time.Duration
  location,     ///< *time.Location
  bytes,        ///< []byte
  version,      ///< *semver.Version
  certificate,  ///< sprig.certificate
};

/// What a function says when it fails: the executor adds where (`error calling NAME: …`).
struct CallError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What it says of a Go function that no template can call, for what it gives back; as it stands, without where.
struct SignatureError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One call of a function: its arguments, as many as the signature allows, each of its parameter's type.
struct Call {
  std::span<Value> args;
  Engine& engine;  ///< for the few that need more than their arguments: include, tpl, lookup, now, random bytes
  const Object* self = nullptr;  ///< of a method: whose it is
  bool untyped_nil = false;      ///< whether the last argument is nil without even a type, which `len` tells apart

  /// The argument `i`, whose parameter is a string.
  [[nodiscard]] const std::string& text(std::size_t i) const;
};

/// A function of the template language.
struct Function {
  std::string_view name;
  std::vector<Type> params;
  bool variadic = false;  ///< the last of `params` may come any number of times, also never
  Value (*call)(Call&) = nullptr;
  std::string_view doc;  ///< a line for `gpuctl chart functions`
};

/// Functions by name. Holds pointers into tables that must outlive it.
class Functions {
 public:
  /// Adds a table; a name that is there already gets the new function.
  void add(std::span<const Function> table);
  void remove(std::string_view name);
  /// Null where there is none of the name.
  const Function* find(std::string_view name) const;

  // In the order of the names.
  auto begin() const { return by_name_.begin(); }
  auto end() const { return by_name_.end(); }

 private:
  std::vector<const Function*> by_name_;
};

}  // namespace gpuctl::chart
