#include "engine/saved_plan.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "engine/fields.hpp"
#include "util/base64.hpp"
#include "util/utf8.hpp"

namespace gpuctl::engine {

using nlohmann::json;

namespace {

constexpr int format = 3;

// --- values -------------------------------------------------------------------------------------------------------

json encoded(const std::string& text) {
  if (util::is_utf8(text)) return text;
  return {{"base64", util::base64_encode(text)}};
}

void decode(const json& in, std::string& out) {
  if (in.is_string()) {
    out = in.get<std::string>();
    return;
  }
  const auto bytes = util::base64_decode(in.at("base64").get<std::string>());
  if (!bytes) throw core::Error(core::ErrorKind::invalid, "a text that is no base64");
  out = *bytes;
}

json encoded(bool value) {
  return value;
}
json encoded(int value) {
  return value;
}
json encoded(core::Outcome value) {
  return static_cast<int>(value);
}
void decode(const json& in, bool& out) {
  out = in.get<bool>();
}
void decode(const json& in, int& out) {
  out = in.get<int>();
}
void decode(const json& in, core::Outcome& out) {
  const auto number = in.get<int>();
  if (number < 0 || number > static_cast<int>(core::Outcome::unknown))
    throw core::Error(core::ErrorKind::invalid, "an outcome that is none");
  out = static_cast<core::Outcome>(number);
}

// --- structures and variants --------------------------------------------------------------------------------------

template <class T>
concept Fielded = requires(T& value) { fields(value, [](const char*, auto&) {}); };

template <Fielded T>
json encoded(const T& value);
template <Fielded T>
void decode(const json& in, T& out);
template <class... Ts>
json encoded(const std::variant<Ts...>& value);
template <class... Ts>
void decode(const json& in, std::variant<Ts...>& out);
json encoded(const core::Facts& facts);
void decode(const json& in, core::Facts& out);

template <class T>
json encoded(const std::vector<T>& items) {
  auto out = json::array();
  for (const auto& item : items) out.push_back(encoded(item));
  return out;
}

template <class T>
void decode(const json& in, std::vector<T>& out) {
  out.clear();
  for (const auto& item : in) {
    out.emplace_back();
    decode(item, out.back());
  }
}

/// An object's fields, by their JSON pointers.
json encoded(const core::Fields& value) {
  auto out = json::object();
  for (const auto& [pointer, leaf] : value) out[pointer] = encoded(leaf);
  return out;
}

void decode(const json& in, core::Fields& out) {
  out.clear();
  for (const auto& [pointer, leaf] : in.items()) decode(leaf, out[pointer]);
}

template <Fielded T>
json encoded(const T& value) {
  auto out = json::object();
  fields(value, [&](const char* name, const auto& field) { out[name] = encoded(field); });
  return out;
}

template <Fielded T>
void decode(const json& in, T& out) {
  fields(out, [&](const char* name, auto& field) { decode(in.at(name), field); });
}

/// The alternatives are named, so that a later version may put them in another order.
template <class T>
constexpr const char* name_of = nullptr;
#define GPUCTL_NAME(type) \
  template <>             \
  constexpr const char* name_of<core::type> = #type;
GPUCTL_NAME(Clock)
GPUCTL_NAME(Platform)
GPUCTL_NAME(FileText)
GPUCTL_NAME(Stat)
GPUCTL_NAME(Files)
GPUCTL_NAME(Stats)
GPUCTL_NAME(Keyring)
GPUCTL_NAME(Handlers)
GPUCTL_NAME(HandlersAfterConfigure)
GPUCTL_NAME(Package)
GPUCTL_NAME(Available)
GPUCTL_NAME(AptIndex)
GPUCTL_NAME(Unit)
GPUCTL_NAME(Command)
GPUCTL_NAME(Download)
GPUCTL_NAME(KubeServer)
GPUCTL_NAME(KubeObject)
GPUCTL_NAME(KubeList)
GPUCTL_NAME(KubeDryRun)
GPUCTL_NAME(KubeLog)
GPUCTL_NAME(KubeLookup)
GPUCTL_NAME(KubeApis)
GPUCTL_NAME(HelmReleases)
GPUCTL_NAME(PodProof)
GPUCTL_NAME(KubeApply)
GPUCTL_NAME(KubeDelete)
GPUCTL_NAME(KubeTaint)
GPUCTL_NAME(HelmChange)
GPUCTL_NAME(WriteFile)
GPUCTL_NAME(RemoveFile)
GPUCTL_NAME(InstallPackages)
GPUCTL_NAME(ConfigurePackages)
GPUCTL_NAME(HoldPackages)
GPUCTL_NAME(RefreshIndex)
GPUCTL_NAME(RestartUnit)
GPUCTL_NAME(EnableUnit)
GPUCTL_NAME(Run)
GPUCTL_NAME(Mend)
GPUCTL_NAME(Awaits)
GPUCTL_NAME(Wait)
GPUCTL_NAME(Never)
GPUCTL_NAME(Later)
#undef GPUCTL_NAME

template <class... Ts>
json encoded(const std::variant<Ts...>& value) {
  return std::visit(
      [](const auto& held) {
        auto out = encoded(held);
        out["kind"] = name_of<std::decay_t<decltype(held)>>;
        return out;
      },
      value);
}

template <class... Ts>
void decode(const json& in, std::variant<Ts...>& out) {
  const auto kind = in.at("kind").get<std::string>();
  const auto take = [&]<class T>(T value) {
    if (kind != name_of<T>) return false;
    decode(in, value);
    out = std::move(value);
    return true;
  };
  if (!(take(Ts{}) || ...)) throw core::Error(core::ErrorKind::invalid, "an unknown kind: " + kind);
}

// --- answers ------------------------------------------------------------------------------------------------------

json encoded(const core::Time& time) {
  return {{"us", time.us}, {"at_least", time.at_least}};
}
core::Time time_from(const json& in) {
  return {in.at("us").get<std::int64_t>(), in.at("at_least").get<bool>()};
}

json encoded_field(const core::Field& field) {
  if (const auto* text = std::get_if<std::string>(&field)) return {{"text", encoded(*text)}};
  if (const auto* time = std::get_if<core::Time>(&field)) return {{"time", encoded(*time)}};
  if (const auto* unknown = std::get_if<core::Unknown>(&field)) return {{"unknown", unknown->after}};
  return nullptr;
}

core::Field field_from(const json& in) {
  if (in.is_null()) return core::Absent{};
  if (in.contains("time")) return time_from(in.at("time"));
  if (in.contains("unknown")) return core::Unknown{in.at("unknown").get<std::string>()};
  std::string text;
  decode(in.at("text"), text);
  return text;
}

json encoded_answer(const core::Answer& answer) {
  if (const auto* text = std::get_if<core::Text>(&answer)) return {{"text", encoded(text->value)}};
  if (const auto* failed = std::get_if<core::Failed>(&answer)) return {{"failed", encoded(failed->why)}};
  if (const auto* unknown = std::get_if<core::Unknown>(&answer)) return {{"unknown", unknown->after}};
  const auto* record = std::get_if<core::Record>(&answer);
  if (!record) return nullptr;
  auto out = json::array();
  for (const auto& [key, field] : *record) out.push_back({encoded(key), encoded_field(field)});
  return {{"record", out}};
}

core::Answer answer_from(const json& in) {
  std::string text;
  if (in.is_null()) return core::Absent{};
  if (in.contains("text")) return decode(in.at("text"), text), core::Text{text};
  if (in.contains("failed")) return decode(in.at("failed"), text), core::Failed{text};
  if (in.contains("unknown")) return core::Unknown{in.at("unknown").get<std::string>()};
  core::Record record;
  for (const auto& entry : in.at("record")) {
    decode(entry.at(0), text);
    record[text] = field_from(entry.at(1));
  }
  return record;
}

json encoded(const core::Facts& facts) {
  auto out = json::array();
  for (const auto& [probe, answer] : facts.all())
    out.push_back({{"probe", encoded(probe)}, {"answer", encoded_answer(answer)}});
  return out;
}

void decode(const json& in, core::Facts& out) {
  for (const auto& entry : in) {
    core::Probe probe;
    decode(entry.at("probe"), probe);
    out.set(std::move(probe), answer_from(entry.at("answer")));
  }
}

// --- the plan -----------------------------------------------------------------------------------------------------

json encoded_host(const SavedHost& host) {
  auto steps = json::array();
  for (const auto& step : host.steps) steps.push_back({{"name", step.name}, {"change", encoded(step.change)}});
  return {{"name", host.name}, {"decided_on", encoded(host.observed)}, {"steps", steps}};
}

SavedHost host_from(const json& in) {
  SavedHost host;
  host.name = in.at("name").get<std::string>();
  decode(in.at("decided_on"), host.observed);
  for (const auto& step : in.at("steps")) {
    host.steps.push_back({step.at("name").get<std::string>(), {}});
    decode(step.at("change"), host.steps.back().change);
  }
  return host;
}

json encoded_origin(const Origin& origin) {
  return {{"playbook", origin.playbook}, {"overlays", origin.overlays}, {"vars", origin.vars},
          {"settings", origin.settings}, {"only", origin.only},         {"skip", origin.skip}};
}

Origin origin_from(const json& in) {
  return {in.at("playbook"), in.at("overlays"), in.at("vars"), in.at("settings"), in.at("only"), in.at("skip")};
}

SavedPlan plan_from(const json& in) {
  SavedPlan plan;
  plan.origin = origin_from(in.at("origin"));
  plan.sha256 = in.at("sha256").get<std::string>();
  plan.salt = in.at("salt").get<std::string>();
  plan.id = in.at("id").get<std::string>();
  plan.started = in.at("started").get<std::string>();
  for (const auto& host : in.at("hosts")) plan.hosts.push_back(host_from(host));
  return plan;
}

[[noreturn]] void no_plan(const std::string& path, const std::string& why) {
  throw core::Error(core::ErrorKind::invalid, fmt::format("{} is no saved plan: {}", path, why), {},
                    "make one with `gpuctl plan --out FILE`");
}

}  // namespace

SavedPlan save(const core::Report& planned, Origin origin, std::string sha256, std::string salt) {
  SavedPlan plan{std::move(origin), std::move(sha256), std::move(salt), planned.id, planned.started, {}};
  for (const auto& host : planned.hosts) {
    if (!host.unreachable.empty()) continue;
    SavedHost saved{host.host.name, host.observed, {}};
    for (const auto& step : host.steps)
      if (step.state != core::StepState::skipped) saved.steps.push_back({step.name, step.change});
    plan.hosts.push_back(std::move(saved));
  }
  return plan;
}

std::string to_json(const SavedPlan& plan) {
  auto hosts = json::array();
  for (const auto& host : plan.hosts) hosts.push_back(encoded_host(host));
  const json out{{"gpuctl_plan", format}, {"origin", encoded_origin(plan.origin)},
                 {"sha256", plan.sha256}, {"salt", plan.salt},
                 {"id", plan.id},         {"started", plan.started},
                 {"hosts", hosts}};
  return out.dump(1) + "\n";
}

SavedPlan from_json(const std::string& text, const std::string& path) {
  try {
    const auto in = json::parse(text);
    if (!in.is_object() || !in.contains("gpuctl_plan")) no_plan(path, "the key gpuctl_plan is missing");
    if (in.at("gpuctl_plan") != format)
      throw core::Error(core::ErrorKind::refused,
                        fmt::format("{} was saved by another version of gpuctl (format {}, this one reads {})", path,
                                    in.at("gpuctl_plan").dump(), format),
                        {}, "plan again with this version");
    return plan_from(in);
  } catch (const json::exception& error) {
    no_plan(path, error.what());
  }
}

}  // namespace gpuctl::engine
