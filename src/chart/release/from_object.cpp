#include <fmt/core.h>

#include <cmath>

#include "chart/go/layout.hpp"
#include "chart/json_in.hpp"
#include "chart/release/json.hpp"
#include "chart/release/moment.hpp"
#include "util/base64.hpp"

namespace gpuctl::chart::release {

namespace {

/// A value, and where it stands: `hooks[1].last_run`.
class Field {
 public:
  Field(Value value, std::string path) : value_(std::move(value)), path_(std::move(path)) {}

  bool is_nil() const { return value_.is_nil(); }
  const Value& value() const { return value_; }

  /// Nil where there is no such field, or nothing at all.
  Field operator[](const char* name) const {
    std::string path = path_.empty() ? name : path_ + "." + name;
    if (is_nil()) return {Value(), std::move(path)};
    const auto& entries = map().entries;
    const auto found = entries.find(name);
    return {found == entries.end() ? Value() : found->second, std::move(path)};
  }

  std::vector<Field> items() const {
    std::vector<Field> out;
    if (is_nil()) return out;
    if (value_.kind() != Kind::list) throw wrong("a list");
    for (const auto& item : value_.list().items) out.emplace_back(item, fmt::format("{}[{}]", path_, out.size()));
    return out;
  }

  std::string text() const {
    if (is_nil()) return "";
    if (value_.kind() != Kind::string) throw wrong("a text");
    return value_.string();
  }

  std::int64_t number() const {
    if (is_nil()) return 0;
    constexpr double most = 9007199254740992;  // above it a float64 skips integers
    const double number = value_.kind() == Kind::float64 ? value_.float64() : NAN;
    if (!(std::abs(number) <= most) || number != std::trunc(number)) throw wrong("a whole number");
    return static_cast<std::int64_t>(number);
  }

  std::string bytes() const {
    auto out = util::base64_decode(text());
    if (!out) throw wrong("base64");
    return std::move(*out);
  }

  /// The zero time is none.
  Stamp stamp() const {
    const auto stored = text();
    try {
      const auto moment = moment_of(stored);
      return moment && moment->seconds == go::Moment().seconds && moment->nanoseconds == 0 ? "" : stored;
    } catch (const go::TimeError&) {
      throw wrong("a time such as 2006-01-02T15:04:05Z");
    }
  }

  Value map_value() const {
    if (!is_nil()) map();
    return value_;
  }

  std::vector<std::string> texts() const {
    std::vector<std::string> out;
    for (const auto& item : items()) out.push_back(item.text());
    return out;
  }

 private:
  const Map& map() const {
    if (value_.kind() != Kind::map) throw wrong("an object");
    return *value_.map();
  }

  JsonError wrong(const char* wanted) const {
    return JsonError(fmt::format("{} is not {}", path_.empty() ? "it" : path_, wanted));
  }

  Value value_;
  std::string path_;
};

std::vector<StoredFile> files(const Field& list) {
  std::vector<StoredFile> out;
  for (const auto& item : list.items())
    if (!item.is_nil()) out.push_back({{item["name"].text(), item["data"].bytes()}, item["modtime"].stamp()});
  return out;
}

std::optional<StoredChart> chart(const Field& from) {
  if (from.is_nil()) return {};
  StoredChart out;
  out.metadata = from["metadata"].map_value();
  for (const char* name : {"name", "version", "appVersion"}) from["metadata"][name].text();
  out.lock = from["lock"].map_value();
  out.templates = files(from["templates"]);
  out.files = files(from["files"]);
  out.values = from["values"].map_value();
  if (!from["schema"].is_nil()) out.schema = from["schema"].bytes();
  out.schema_modified = from["schemamodtime"].stamp();
  out.modified = from["modtime"].stamp();
  return out;
}

Hook hook(const Field& from) {
  Hook out;
  out.name = from["name"].text();
  out.kind = from["kind"].text();
  out.path = from["path"].text();
  out.manifest = from["manifest"].text();
  out.events = from["events"].texts();
  const auto run = from["last_run"];
  out.last_run = {run["started_at"].stamp(), run["completed_at"].stamp(), run["phase"].text()};
  out.weight = from["weight"].number();
  out.delete_policies = from["delete_policies"].texts();
  out.output_log_policies = from["output_log_policies"].texts();
  return out;
}

Info info(const Field& from) {
  return {from["first_deployed"].stamp(), from["last_deployed"].stamp(), from["deleted"].stamp(),
          from["description"].text(),     from["status"].text(),         from["notes"].text()};
}

}  // namespace

Release from_object(const Value& object) {
  const Field from(object, "");
  if (from.is_nil()) throw JsonError("it is null");
  Release out;
  out.name = from["name"].text();
  out.name_space = from["namespace"].text();
  out.version = from["version"].number();
  out.info = info(from["info"]);
  out.chart = chart(from["chart"]);
  out.config = from["config"].map_value();
  out.manifest = from["manifest"].text();
  for (const auto& item : from["hooks"].items())
    if (!item.is_nil()) out.hooks.push_back(hook(item));
  out.apply_method = from["apply_method"].text();
  return out;
}

}  // namespace gpuctl::chart::release
