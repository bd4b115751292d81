#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gpuctl::chart {

class Value;

/// What Go's reflection tells apart in a value that a chart can meet. `uint8`, `int32` and `uint64` come only out of
/// functions and methods: `index "abc" 0`, a version's Major.
enum class Kind : std::uint8_t {
  nil,
  boolean,
  integer,  ///< Go's int: template literals, len, until
  int64,    ///< --set, add, int64
  int32,
  uint8,
  uint64,
  float64,  ///< every number of a values file
  string,
  list,
  map,
  object,
};

/// The Go type of a list's elements: what typeOf and %T say, and which functions take it.
enum class Element : std::uint8_t { any, string, integer, uint8, list };

/// The Go type of a map: `map[string]interface {}`, `map[string]string`, Helm's own name for values.
enum class MapType : std::uint8_t { any, string, values };

struct List;
struct Map;
struct Function;
class Object;

/// A value of the template language: as cheap to copy as a pointer, with Go's kinds kept apart. One thread alone.
class Value {
 public:
  Value() = default;
  explicit Value(bool b);
  static Value of_int(std::int64_t n);  ///< Go's int
  static Value of_int64(std::int64_t n);
  static Value of(Kind integral, std::uint64_t bits);  ///< the rare integers
  static Value of_float(double d);
  explicit Value(std::string text);
  explicit Value(std::string_view text);
  explicit Value(const char* text);
  explicit Value(List list);
  static Value of_bytes(std::string bytes);  ///< a []byte
  static Value of_bytes(std::shared_ptr<const std::string> bytes);
  explicit Value(Map map);
  explicit Value(std::shared_ptr<Map> map);
  static Value of_values(std::shared_ptr<Map> map);  ///< the same map, under Helm's own name for values
  explicit Value(std::shared_ptr<Object> object);

  Kind kind() const { return kind_; }
  bool is_nil() const { return kind_ == Kind::nil; }
  bool is_integer() const;  ///< any of Go's integers, signed or not
  bool is_number() const { return is_integer() || kind_ == Kind::float64; }

  // Each asks for its kind alone, and throws std::bad_variant_access at another.
  bool boolean() const { return std::get<std::int64_t>(held_) != 0; }
  std::int64_t integer() const { return std::get<std::int64_t>(held_); }  ///< any integer; a uint64 as its bits
  double float64() const { return std::get<double>(held_); }
  const std::string& string() const { return *std::get<std::shared_ptr<const std::string>>(held_); }
  const List& list() const { return *shared_list(); }
  const std::shared_ptr<const List>& shared_list() const { return std::get<std::shared_ptr<const List>>(held_); }
  const std::shared_ptr<Map>& map() const { return std::get<std::shared_ptr<Map>>(held_); }
  MapType map_type() const;  ///< of a map
  const std::shared_ptr<Object>& object() const { return std::get<std::shared_ptr<Object>>(held_); }

 private:
  using Held = std::variant<std::int64_t, double, std::shared_ptr<const std::string>, std::shared_ptr<const List>,
                            std::shared_ptr<Map>, std::shared_ptr<Object>>;
  Value(Kind kind, Held held) : kind_(kind), held_(std::move(held)) {}

  Kind kind_ = Kind::nil;
  bool values_ = false;  ///< of a map: two values may share one and call it differently
  Held held_ = std::int64_t{0};
};

/// A Go slice. Shared when copied; nothing changes it once it is in a Value.
struct List {
  Element element = Element::any;
  std::vector<Value> items;
  bool nil = false;  ///< Go's nil slice: as an empty one, but null as JSON and YAML
  /// How many elements its array has room for, which `slice` may reach into; less than `items`: as many as these.
  std::size_t capacity = 0;
  std::shared_ptr<const std::vector<Value>> array;  ///< of a slice: what it was cut from, beyond whose end are zeros
  std::size_t end = 0;                              ///< where in `array` its items end
  /// The content of a []byte that is a file, whose items would take much room; `items` is empty then.
  std::shared_ptr<const std::string> bytes;
  /// Of a Go type with a name: what it is called and its methods, which the executor looks for first.
  std::shared_ptr<Object> named;
};

/// A Go map. Shared when copied, and mutable: what `set` writes is seen through every copy.
struct Map {
  MapType type = MapType::any;  ///< never `values`: so a Value calls it
  std::map<std::string, Value, std::less<>> entries;
  bool nil = false;               ///< Go's nil map: as an empty one, but null as JSON and YAML
  std::shared_ptr<Object> named;  ///< as a list's: .Files is a map with methods
};

/// What a chart sees of a Go struct or a pointer to one, such as a version or a time: fields, methods, how it prints.
class Object {
 public:
  virtual ~Object() = default;
  virtual std::string type() const = 0;                  ///< as %T: `*semver.Version`
  virtual std::string kind() const = 0;                  ///< as kindOf: `ptr`, `struct`
  virtual std::string text() const = 0;                  ///< as %v
  virtual std::string source() const { return text(); }  ///< as %#v
  /// As an action prints it: not %v for a struct whose pointer has String, such as .Capabilities.KubeVersion.
  virtual std::string printed() const { return text(); }
  virtual bool truth() const { return true; }  ///< as `if` takes it
  /// What it is as a number: time.Month and time.Duration are integers with a name.
  virtual std::optional<std::int64_t> number() const { return {}; }
  /// What encoding/json makes of it, as a value of other kinds; empty where it makes nothing of it.
  virtual std::optional<Value> json() const;
  /// An exported field; empty where there is none of the name.
  virtual std::optional<Value> field(std::string_view name) const;
  /// Its fields as fmt prints them where it asks for no text; none where nobody looks inside.
  virtual std::vector<std::pair<std::string, Value>> inside() const { return {}; }
  /// Whether it has an unexported field of the name.
  virtual bool hides(std::string_view) const { return false; }
  /// An exported method; null where there is none of the name. It lives as long as the object, which its Call names.
  virtual const Function* method(std::string_view name) const;
};

}  // namespace gpuctl::chart
