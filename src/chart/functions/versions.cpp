#include <algorithm>

#include "chart/functions/tables.hpp"
#include "chart/functions/version_object.hpp"
#include "chart/version.hpp"

// Semantic versions, and the object that a template sees of one.

namespace gpuctl::chart {

namespace {

class VersionObject : public Object {
 public:
  VersionObject(Version version, bool pointer) : version_(std::move(version)), pointer_(pointer) {}

  std::string type() const override { return pointer_ ? "*semver.Version" : "semver.Version"; }
  std::string kind() const override { return pointer_ ? "ptr" : "struct"; }
  std::string text() const override { return version_.text(); }
  std::optional<Value> json() const override { return Value(version_.text()); }
  bool hides(std::string_view name) const override {
    const auto fields = inside();
    return std::ranges::any_of(fields, [&](const auto& field) { return field.first == name; });
  }
  std::vector<std::pair<std::string, Value>> inside() const override;
  const Function* method(std::string_view name) const override;

  const Version& version() const { return version_; }

 private:
  Version version_;
  bool pointer_;
};

std::vector<std::pair<std::string, Value>> VersionObject::inside() const {
  return {{"major", Value::of(Kind::uint64, version_.major)},
          {"minor", Value::of(Kind::uint64, version_.minor)},
          {"patch", Value::of(Kind::uint64, version_.patch)},
          {"pre", Value(version_.prerelease)},
          {"metadata", Value(version_.metadata)},
          {"original", Value(version_.original)}};
}

const Version& own_version(const Call& call) {
  return static_cast<const VersionObject*>(call.self)->version();
}

const Version& other_version(const Call& call) {
  if (call.args[0].kind() != Kind::object)
    throw CallError("runtime error: invalid memory address or nil pointer dereference");
  const auto* object = dynamic_cast<const VersionObject*>(call.args[0].object().get());
  if (!object) throw CallError("not a version");
  return object->version();
}

Value version_value(Version version, bool pointer) {
  return Value(std::static_pointer_cast<Object>(std::make_shared<VersionObject>(std::move(version), pointer)));
}

/// The version with its parts changed, in the form that the library then gives it.
template <class Change>
Value changed(Call& call, Change change) {
  Version next = own_version(call);
  const bool marked = next.original.starts_with('v');
  change(next);
  next.original = (marked ? "v" : "") + next.text();
  return version_value(std::move(next), false);
}

void release(Version& version) {
  version.prerelease.clear();
  version.metadata.clear();
}

Value inc_patch(Call& call) {
  return changed(call, [](Version& version) {
    if (version.prerelease.empty()) ++version.patch;
    release(version);
  });
}
Value inc_minor(Call& call) {
  return changed(call, [](Version& version) {
    release(version);
    version.patch = 0;
    ++version.minor;
  });
}
Value inc_major(Call& call) {
  return changed(call, [](Version& version) {
    release(version);
    version.patch = version.minor = 0;
    ++version.major;
  });
}

/// A part that was set must be one that could be read.
Value with_part(Call& call, std::string Version::* part, char mark, const char* why) {
  const std::string& text = call.args[0].string();
  try {
    if (!text.empty() && Version::parse("0.0.0" + (mark + text)).*part != text) throw VersionError(why);
  } catch (const VersionError& error) {
    const std::string_view said = error.what();
    throw CallError(said.starts_with("version segment") ? std::string(said) : why);
  }
  return changed(call, [&](Version& version) { version.*part = text; });
}

Value set_prerelease(Call& call) {
  return with_part(call, &Version::prerelease, '-', "invalid prerelease string");
}
Value set_metadata(Call& call) {
  return with_part(call, &Version::metadata, '+', "invalid metadata string");
}

const Function version_methods[] = {
    {"Major",
     {},
     false,
     [](Call& call) { return Value::of(Kind::uint64, own_version(call).major); },
     "The first number"},
    {"Minor",
     {},
     false,
     [](Call& call) { return Value::of(Kind::uint64, own_version(call).minor); },
     "The second number"},
    {"Patch",
     {},
     false,
     [](Call& call) { return Value::of(Kind::uint64, own_version(call).patch); },
     "The third number"},
    {"Prerelease",
     {},
     false,
     [](Call& call) { return Value(own_version(call).prerelease); },
     "What stands behind the hyphen"},
    {"Metadata",
     {},
     false,
     [](Call& call) { return Value(own_version(call).metadata); },
     "What stands behind the plus"},
    {"Original", {}, false, [](Call& call) { return Value(own_version(call).original); }, "The text that was read"},
    {"String", {}, false, [](Call& call) { return Value(own_version(call).text()); }, "The version in full"},
    {"IncPatch", {}, false, inc_patch, "The next patch"},
    {"IncMinor", {}, false, inc_minor, "The next minor version"},
    {"IncMajor", {}, false, inc_major, "The next major version"},
    {"SetPrerelease", {Type::string}, false, set_prerelease, "With another prerelease"},
    {"SetMetadata", {Type::string}, false, set_metadata, "With other metadata"},
    {"Compare",
     {Type::version},
     false,
     [](Call& call) { return Value::of_int(compare(own_version(call), other_version(call))); },
     "-1, 0 or 1"},
    {"Equal",
     {Type::version},
     false,
     [](Call& call) { return Value(!call.args[0].is_nil() && compare(own_version(call), other_version(call)) == 0); },
     "Whether they are equal"},
    {"LessThan",
     {Type::version},
     false,
     [](Call& call) { return Value(compare(own_version(call), other_version(call)) < 0); },
     "Whether it is below the other"},
    {"LessThanEqual",
     {Type::version},
     false,
     [](Call& call) { return Value(compare(own_version(call), other_version(call)) <= 0); },
     "Whether it is not above the other"},
    {"GreaterThan",
     {Type::version},
     false,
     [](Call& call) { return Value(compare(own_version(call), other_version(call)) > 0); },
     "Whether it is above the other"},
    {"GreaterThanEqual",
     {Type::version},
     false,
     [](Call& call) { return Value(compare(own_version(call), other_version(call)) >= 0); },
     "Whether it is not below the other"},
    {"MarshalJSON",
     {},
     false,
     [](Call& call) { return Value::of_bytes('"' + own_version(call).text() + '"'); },
     "The bytes of it as JSON"},
    {"MarshalText",
     {},
     false,
     [](Call& call) { return Value::of_bytes(own_version(call).text()); },
     "The bytes of it as text"},
    {"Value", {}, false, [](Call& call) { return Value(own_version(call).text()); }, "The version in full"},
};

/// Those that Go finds only behind a pointer.
constexpr std::string_view of_pointer[] = {"Original",      "Compare",     "Equal",           "LessThan",
                                           "LessThanEqual", "GreaterThan", "GreaterThanEqual"};

const Function* VersionObject::method(std::string_view name) const {
  if (!pointer_ && std::find(std::begin(of_pointer), std::end(of_pointer), name) != std::end(of_pointer))
    return nullptr;
  for (const Function& function : version_methods)
    if (function.name == name) return &function;
  return nullptr;
}

Version parsed(const std::string& text) {
  try {
    return Version::parse(text);
  } catch (const VersionError& error) {
    throw CallError(error.what());
  }
}

Value semver(Call& call) {
  return version_value(parsed(call.args[0].string()), true);
}

Value semver_compare(Call& call) {
  try {
    const VersionRange range(call.args[0].string());
    return Value(range.holds(parsed(call.args[1].string())));
  } catch (const VersionError& error) {
    throw CallError(error.what());
  }
}

}  // namespace

Value empty_version() {
  return version_value({}, true);
}

std::span<const Function> version_functions() {
  static const Function functions[] = {
      {"semver", {Type::string}, false, semver, "The version that the text is"},
      {"semverCompare", {Type::string, Type::string}, false, semver_compare, "Whether the version is in the range"},
  };
  return functions;
}

}  // namespace gpuctl::chart
