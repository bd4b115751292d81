#include "core/predict.hpp"

#include <fnmatch.h>

#include <algorithm>

#include "core/asked.hpp"
#include "core/visit.hpp"
#include "util/digest.hpp"
#include "util/openpgp.hpp"
#include "util/strings.hpp"

namespace gpuctl::core {

namespace {

bool matches(const std::string& glob, const std::string& path) {
  return fnmatch(glob.c_str(), path.c_str(), FNM_PATHNAME | FNM_PERIOD) == 0;
}

bool exists(const Facts& facts, const Probe& probe) {
  const auto* answer = facts.find(probe);
  return answer && !std::holds_alternative<Absent>(*answer);
}

template <class P>
void forget(Facts& facts, const auto& which) {
  for (const auto& probe : asked<P>(facts))
    if (which(probe)) facts.set(probe, Unknown{});
}

/// Only what was asked is foretold: a question that is asked late gets the earlier actions replayed onto it.
void set_asked(Facts& facts, const Probe& probe, Answer answer) {
  if (facts.asked(probe)) facts.set(probe, std::move(answer));
}
void set_fields_asked(Facts& facts, const Probe& probe, const Record& fields) {
  if (facts.asked(probe)) set_fields(facts, probe, fields);
}

void tick(Facts& facts) {
  if (facts.asked(Clock{})) facts.set(Clock{}, Record{{"now", Time{now(facts).us + 1, true}}});
}

/// What a command answers is nobody's to foretell once something was changed.
void forget_commands(Facts& facts) {
  forget<Command>(facts, [](const Command&) { return true; });
}

/// containerd's configuration: which handlers a changed file makes is for the host to say.
void forget_handlers(Facts& facts, const std::string& path) {
  forget<Handlers>(facts, [&](const Handlers& p) {
    if (p.config == path) return true;
    const auto* record = facts.record(p);
    if (!record) return false;
    const auto globs = util::lines(text_of(*record, "imports"));
    return std::ranges::any_of(globs, [&](const std::string& glob) { return matches(glob, path); });
  });
  forget<HandlersAfterConfigure>(facts, [&](const HandlersAfterConfigure& p) { return p.config == path; });
}

Answer keyring_of(const std::string& content) {
  try {
    std::vector<std::string> fingerprints;
    for (const auto& key : util::openpgp::public_keys(content)) fingerprints.push_back(key.fingerprint);
    std::ranges::sort(fingerprints);
    return Record{{"fingerprints", util::join(fingerprints, ",")},
                  {"form", util::openpgp::is_armoured(content) ? "armoured" : "binary"},
                  {"sha256", util::sha256_hex(content)}};
  } catch (const util::openpgp::Malformed& e) {
    return Record{
        {"fingerprints", ""}, {"form", "malformed"}, {"why", e.what()}, {"sha256", util::sha256_hex(content)}};
  }
}

void predict_globs(Facts& facts, const std::string& path, const Field& content, const Field& ctime) {
  for (const auto& probe : asked<Files>(facts))
    if (matches(probe.glob, path)) set_fields(facts, probe, {{path, content}});
  for (const auto& probe : asked<Stats>(facts))
    if (matches(probe.glob, path)) set_fields(facts, probe, {{path, ctime}});
}

template <class P>
void drop_from_globs(Facts& facts, const auto& which) {
  for (const auto& probe : asked<P>(facts)) {
    const auto* record = facts.record(probe);
    if (!record) continue;
    auto left = *record;
    std::erase_if(left, [&](const auto& entry) { return which(entry.first); });
    if (left.size() != record->size()) facts.set(probe, std::move(left));
  }
}

void predict_stat(Facts& facts, const std::string& path, const std::optional<std::string>& content,
                  const WriteFile& made) {
  Record fields{{"type", "file"}, {"ctime", now(facts)}};
  fields["size"] = content ? Field{std::to_string(content->size())} : Field{Unknown{}};
  if (!exists(facts, Stat{path})) fields.insert({{"mode", made.mode}, {"owner", made.owner}, {"group", made.group}});
  set_fields_asked(facts, Stat{path}, fields);
}

void predict_package(Facts& facts, const PackageVersion& package, bool hold) {
  const Field version = package.version.empty() ? Field{Unknown{}} : Field{package.version};
  set_asked(facts, Package{package.name},
            Record{{"version", version}, {"want", hold ? "hold" : "install"}, {"status", "installed"}});
}

/// dpkg's journal; files there are what an interrupted run leaves.
bool in_journal(const std::string& path) {
  return path.starts_with("/var/lib/dpkg/updates/");
}

void predict_configured(Facts& facts) {
  drop_from_globs<Files>(facts, in_journal);
  drop_from_globs<Stats>(facts, in_journal);
  for (const auto& probe : asked<Package>(facts)) {
    const auto* record = facts.record(probe);
    if (!record) continue;
    const auto status = text_of(*record, "status");
    if (status == "unpacked" || status == "half-configured" || status.starts_with("triggers-"))
      set_fields(facts, probe, {{"status", "installed"}});
    else if (status == "half-installed")
      set_fields(facts, probe, {{"status", Unknown{}}});
  }
}

void perform(const WriteFile& a, Facts& facts) {
  predict_file(facts, a.path, a.content, a);
}
void perform(const RemoveFile& a, Facts& facts) {
  predict_no_file(facts, a.path);
}
void perform(const InstallPackages& a, Facts& facts) {
  for (const auto& package : a.packages) predict_package(facts, package, a.hold);
  forget<HandlersAfterConfigure>(facts, [](const auto&) { return true; });
}
void perform(const ConfigurePackages&, Facts& facts) {
  predict_configured(facts);
  forget<HandlersAfterConfigure>(facts, [](const auto&) { return true; });
}
void perform(const HoldPackages& a, Facts& facts) {
  for (const auto& name : a.packages) set_fields(facts, Package{name}, {{"want", a.hold ? "hold" : "install"}});
}
void perform(const RefreshIndex& a, Facts& facts) {
  set_asked(facts, AptIndex{a.uri, a.suite}, Record{{"refreshed", now(facts)}});
  forget<Available>(facts, [](const auto&) { return true; });
}
void perform(const RestartUnit& a, Facts& facts) {
  set_fields_asked(facts, Unit{a.unit},
                   {{"active", "active"},
                    {"sub", "running"},
                    {"since", now(facts)},
                    {"started", now(facts)},
                    {"begun", now(facts)},
                    {"needs_reload", "no"},
                    {"result", "success"}});
}
void perform(const EnableUnit& a, Facts& facts) {
  set_fields_asked(facts, Unit{a.unit}, {{"enabled", "enabled"}});
}
void perform(const Run&, Facts&) {}
void perform(const KubeApply& a, Facts& facts) {
  predict_apply(a, facts);
}
void perform(const KubeDelete& a, Facts& facts) {
  predict_delete(a, facts);
}
void perform(const KubeTaint& a, Facts& facts) {
  predict_taint(a, facts);
}
void perform(const HelmChange& a, Facts& facts) {
  predict_release(a, facts);
}

}  // namespace

void set_fields(Facts& facts, const Probe& probe, const Record& fields) {
  const auto* known = facts.record(probe);
  Record record = known ? *known : Record{};
  for (const auto& [key, field] : fields) record.insert_or_assign(key, field);
  facts.set(probe, std::move(record));
}

void predict_file(Facts& facts, const std::string& path, const std::optional<std::string>& content,
                  const WriteFile& made) {
  predict_stat(facts, path, content, made);
  set_asked(facts, FileText{path}, content ? Answer{Text{*content}} : Answer{Unknown{}});
  set_asked(facts, Keyring{path}, content ? keyring_of(*content) : Answer{Unknown{}});
  predict_globs(facts, path, content ? Field{*content} : Field{Unknown{}}, now(facts));
  forget_handlers(facts, path);
}

void predict_no_file(Facts& facts, const std::string& path) {
  const auto same = [&](const std::string& other) { return other == path; };
  set_asked(facts, Stat{path}, Absent{});
  set_asked(facts, FileText{path}, Absent{});
  set_asked(facts, Keyring{path}, Absent{});
  drop_from_globs<Files>(facts, same);
  drop_from_globs<Stats>(facts, same);
  forget_handlers(facts, path);
}

void predict(const Action& action, Facts& facts) {
  tick(facts);
  std::visit([&](const auto& a) { perform(a, facts); }, action);
  forget_commands(facts);
}

Mend mend(Action action, const Facts& before, const std::function<void(Facts&)>& effects) {
  Facts after = before;
  predict(action, after);
  Facts promised = after;
  effects(promised);
  Mend out{std::move(action), {}};
  for (const auto& [probe, answer] : promised.all()) {
    const auto* without = after.find(probe);
    if (!without || !equal(*without, answer)) out.promises.set(probe, answer);
  }
  return out;
}

namespace {

bool has_no_name(const Field& field) {
  const auto* unknown = std::get_if<Unknown>(&field);
  return unknown && unknown->after.empty();
}

bool holds_unnamed(const Answer& answer) {
  if (const auto* unknown = std::get_if<Unknown>(&answer)) return unknown->after.empty();
  const auto* record = std::get_if<Record>(&answer);
  return record && std::ranges::any_of(*record, [](const auto& entry) { return has_no_name(entry.second); });
}

}  // namespace

void name_unknowns(Facts& facts, const std::string& after) {
  Facts named;
  for (const auto& [probe, answer] : facts.all()) {
    if (!holds_unnamed(answer)) continue;
    auto copy = answer;
    if (auto* unknown = std::get_if<Unknown>(&copy); unknown && unknown->after.empty()) unknown->after = after;
    if (auto* record = std::get_if<Record>(&copy))
      for (auto& [key, field] : *record)
        if (auto* unknown = std::get_if<Unknown>(&field); unknown && unknown->after.empty()) unknown->after = after;
    named.set(probe, std::move(copy));
  }
  facts.merge(named);
}

}  // namespace gpuctl::core
