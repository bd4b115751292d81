#include "support/case_file.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>

#include "core/predict.hpp"
#include "core/seal.hpp"
#include "support/keys.hpp"
#include "util/openpgp.hpp"
#include "util/strings.hpp"
#include "yaml/parse.hpp"

namespace gpuctl::test {

using namespace core;

namespace {

/// Charts of cases roll the same dice each time.
struct CaseWorkshop : Workshop {
  std::chrono::system_clock::time_point now() override { return {}; }
  void random(std::span<unsigned char> out) override { std::ranges::fill(out, 7); }
  std::optional<std::string> zone(const std::string&) override { return std::nullopt; }
  Seal& seal() override { return seal_; }

 private:
  Seal seal_{"salt"};
};

/// The files that a case's playbook can name: two keys, and its own.
struct CaseFiles : Source {
  std::map<std::string, std::string> files{{"one.asc", key_one}, {"two.asc", key_two}};

  std::string read(const std::string& path) override {
    const auto found = files.find(path);
    if (found == files.end()) throw Error(ErrorKind::invalid, "no such file: " + path);
    return found->second;
  }
  std::vector<std::string> list(const std::string& path) override {
    std::vector<std::string> out;
    for (const auto& [name, content] : files)
      if (name == path || name.starts_with(path + "/")) out.push_back(name);
    return out;
  }
  std::vector<Node> documents(const std::string& path) override { return yaml::parse_all(read(path), path); }
  std::string sealed(const std::string& value) override { return "sealed(" + value + ")"; }
  std::vector<ChartFile> chart(const ChartRef& ref) override {
    std::vector<ChartFile> out;
    for (const auto& [name, content] : files)
      if (name.starts_with(ref.chart + "/")) out.push_back({name.substr(ref.chart.size() + 1), content});
    return out;
  }
  std::shared_ptr<Workshop> workshop() override { return std::make_shared<CaseWorkshop>(); }
};

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string scalar(const Node& node) {
  if (const auto* text = std::get_if<std::string>(&node.value)) return *text;
  if (const auto* flag = std::get_if<bool>(&node.value)) return *flag ? "yes" : "no";
  return node.source;
}

std::string bytes_of(const std::string& text) {
  if (text == "key:one") return util::openpgp::dearmor(key_one);
  if (text == "key:two") return util::openpgp::dearmor(key_two);
  if (text == "key:both") return util::openpgp::dearmor(key_one) + util::openpgp::dearmor(key_two);
  if (text == "armour:one") return key_one;
  if (text == "armour:two") return key_two;
  if (text == "armour:both") return std::string(key_one) + key_two;
  return text;
}

/// Seconds since the epoch, with a fraction.
std::int64_t microseconds(const std::string& seconds) {
  return std::llround(std::stod(seconds) * 1e6);
}

Field field_of(const Node& node) {
  const auto text = scalar(node);
  if (text == "absent") return Absent{};
  if (text == "unknown") return Unknown{"an_earlier_step"};
  if (text.starts_with("@>=")) return Time{microseconds(text.substr(3)), true};
  if (text.starts_with("@")) return Time{microseconds(text.substr(1)), false};
  return bytes_of(text);
}

Answer answer_of(const Node& node) {
  if (const auto* mapping = std::get_if<Node::Mapping>(&node.value)) {
    if (const auto* text = node.find("text")) return Text{bytes_of(scalar(*text))};
    Record record;
    if (const auto* object = node.find("object")) record = record_of(flatten(*object));
    for (const auto& entry : *mapping)
      if (entry.key != "object") record.insert_or_assign(entry.key, field_of(entry.value));
    return record;
  }
  const auto text = scalar(node);
  if (text == "absent") return Absent{};
  if (text.starts_with("unknown ")) return Unknown{text.substr(8)};
  if (text.starts_with("failed ")) return Failed{text.substr(7)};
  throw std::runtime_error("not an answer: " + text);
}

/// `v1 Node worker`, `apps/v1 DaemonSet gpu-operator/plugin`.
KubeRef object_of(const std::vector<std::string>& parts) {
  const auto& path = parts.at(2);
  const auto slash = path.find('/');
  if (slash == std::string::npos) return {parts.at(0), parts.at(1), "", path};
  return {parts.at(0), parts.at(1), path.substr(0, slash), path.substr(slash + 1)};
}

Probe probe_of(const std::string& key) {
  const auto at = key.find(' ');
  const auto kind = key.substr(0, at);
  const auto rest = at == std::string::npos ? std::string{} : key.substr(at + 1);
  const auto parts = util::words(rest);
  if (kind == "clock") return Clock{};
  if (kind == "platform") return Platform{};
  if (kind == "file") return FileText{rest};
  if (kind == "stat") return Stat{rest};
  if (kind == "files") return Files{rest};
  if (kind == "stats") return Stats{rest};
  if (kind == "keyring") return Keyring{rest};
  if (kind == "handlers") return Handlers{rest};
  if (kind == "configured") return HandlersAfterConfigure{parts.at(0), "", parts.at(1), false};
  if (kind == "package") return Package{rest};
  if (kind == "available") return Available{rest};
  if (kind == "index") return AptIndex{parts.at(0), parts.at(1)};
  if (kind == "unit") return Unit{rest};
  if (kind == "download") return Download{rest};
  if (kind == "server") return KubeServer{};
  if (kind == "apis") return KubeApis{};
  if (kind == "releases") return HelmReleases{parts.at(0), parts.size() > 1 ? parts.at(1) : ""};
  if (kind == "object") return KubeObject{object_of(parts)};
  if (kind == "log") return KubeLog{parts.at(0), parts.at(1), parts.at(2)};
  throw std::runtime_error("not a question: " + key);
}

std::string with(const char* word, const std::string& text) {
  return text.empty() ? "" : std::string(" ") + word + " " + text;
}

std::string path_of(const KubeRef& ref) {
  return (ref.namespace_.empty() ? "" : ref.namespace_ + "/") + ref.name;
}

/// How a case names a question of which it says only a part: what is left out is what the step asks with (the timeout
/// of a command, what is sent in a dry run).
std::string short_name(const Probe& probe) {
  if (const auto* p = std::get_if<Command>(&probe)) return "command " + util::join(p->argv, " ");
  if (const auto* p = std::get_if<KubeList>(&probe))
    return fmt::format("list {} {}{}{}{}", p->api_version, p->kind, with("in", p->namespace_), with("with", p->labels),
                       with("where", p->fields));
  if (const auto* p = std::get_if<KubeDryRun>(&probe))
    return fmt::format("dry_run {} {} {}", p->object.api_version, p->object.kind, path_of(p->object));
  if (const auto* p = std::get_if<PodProof>(&probe)) return "proof " + path_of(p->pod);
  return {};
}

bool is_short(const std::string& key) {
  return key.starts_with("command ") || key.starts_with("list ") || key.starts_with("dry_run ") ||
         key.starts_with("proof ");
}

void merge(Facts& facts, const Probe& probe, const Answer& answer) {
  const auto* record = std::get_if<Record>(&answer);
  if (record && facts.record(probe))
    set_fields(facts, probe, *record);
  else
    facts.set(probe, answer);
}

void add_facts(const std::filesystem::path& path, const Node& root, Facts& facts) {
  if (const auto* like = root.find("like")) {
    const auto other = path.parent_path() / scalar(*like);
    add_facts(other, yaml::parse(read(other), other.string()), facts);
  }
  const auto* node = root.find("facts");
  const auto* mapping = node ? std::get_if<Node::Mapping>(&node->value) : nullptr;
  if (!mapping) return;
  for (const auto& entry : *mapping)
    merge(facts, is_short(entry.key) ? Probe{Download{entry.key}} : probe_of(entry.key), answer_of(entry.value));
}

Host host_of(const std::optional<Node>& node) {
  Host host;
  host.name = "gpu-node";
  host.user = "admin";
  const auto* cluster = node ? node->find("in_cluster") : nullptr;
  host.in_cluster = cluster && scalar(*cluster) == "yes";
  const auto* gpus = node ? node->find("gpus") : nullptr;
  if (!gpus) return host;
  CaseFiles files;
  Params params(*gpus, "gpus", host, files);
  ExpectedGpus expected;
  expected.count = static_cast<int>(params.integer("count", 0));
  expected.product = params.text("product", "");
  expected.memory = params.bytes("memory", 0);
  host.gpus = expected;
  return host;
}

/// Of the case itself, else of the one it is like.
std::optional<Node> find_in(const std::filesystem::path& path, const Node& root, const std::string& key) {
  if (const auto* found = root.find(key)) return *found;
  const auto* like = root.find("like");
  if (!like) return std::nullopt;
  const auto other = path.parent_path() / scalar(*like);
  return find_in(other, yaml::parse(read(other), other.string()), key);
}

steps::Step step_of(const Node& node, const Host& host, CaseFiles& files) {
  const auto& entry = std::get<Node::Mapping>(node.value).at(0);
  Params params(entry.value, entry.key, host, files);
  return steps::Step::make(entry.key, params);
}

std::vector<steps::Step> steps_of(const std::filesystem::path& path, const Node& root) {
  const auto host = host_of(find_in(path, root, "host"));
  CaseFiles files;
  if (const auto named = find_in(path, root, "files"))
    for (const auto& entry : std::get<Node::Mapping>(named->value)) files.files[entry.key] = scalar(entry.value);
  if (const auto step = find_in(path, root, "step")) return {step_of(*step, host, files)};
  const auto list = find_in(path, root, "steps");
  if (!list) throw std::runtime_error(path.string() + " has no step");
  std::vector<steps::Step> out;
  for (const auto& node : std::get<Node::List>(list->value)) out.push_back(step_of(node, host, files));
  return out;
}

Answer bare(const Probe& probe) {
  if (std::holds_alternative<Clock>(probe)) return Record{{"now", Time{1'763'762'400'000'000}}};
  if (std::holds_alternative<Platform>(probe))
    return Record{{"id", "ubuntu"},      {"version", "22.04"},    {"name", "Ubuntu 22.04.5 LTS"},
                  {"codename", "jammy"}, {"arch", "amd64"},       {"systemd", "yes"},
                  {"apt", "yes"},        {"boot", "b"},           {"kernel", "5.15.0"},
                  {"user", "admin"},     {"hostname", "gpu-node"}};
  if (std::holds_alternative<Files>(probe) || std::holds_alternative<Stats>(probe)) return Record{};
  if (std::holds_alternative<KubeList>(probe)) return Record{};
  if (std::holds_alternative<KubeApis>(probe) || std::holds_alternative<HelmReleases>(probe)) return Record{};
  if (std::holds_alternative<Unit>(probe)) return Record{{"load", "not-found"}, {"active", "inactive"}};
  if (std::holds_alternative<Command>(probe)) return Failed{"no such command"};
  if (std::holds_alternative<Download>(probe)) return Failed{"this case downloads nothing"};
  return Absent{};
}

}  // namespace

CaseFile::CaseFile(std::filesystem::path file) : path(std::move(file)) {
  const auto root = yaml::parse(read(path), path.string());
  steps = steps_of(path, root);
  add_facts(path, root, facts);
  if (const auto* change = root.find("change")) expected = scalar(*change);
}

Answer CaseFile::answer(const Probe& probe) const {
  if (const auto* found = facts.find(probe)) return *found;
  for (const auto& [other, answer] : facts.all())
    if (const auto* named = std::get_if<Download>(&other); named && short_name(probe) == named->url) return answer;
  return bare(probe);
}

void accept(const std::filesystem::path& path, const std::string& change) {
  auto text = read(path);
  const auto at = text.rfind("\nchange: |");
  if (at != std::string::npos) text.resize(at + 1);
  text += "change: |\n";
  for (const auto& line : util::lines(change)) text += line.empty() ? "\n" : "  " + line + "\n";
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

}  // namespace gpuctl::test
