#include "steps/apply_set.hpp"

#include "steps/cluster.hpp"
#include "steps/look.hpp"
#include "util/base64.hpp"
#include "util/digest.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

namespace {

constexpr std::string_view prefix = "gpuctl-set-";

constexpr const char* home = "kube-system";  // is always there, so that a set has one name for ever
constexpr const char* kinds_key = "gpuctl/kinds";

std::string bytes_of_hex(const std::string& hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return out;
}

/// KEP-3659: base64 for URLs, without padding, of the SHA-256 of NAME.NAMESPACE.KIND.GROUP of the parent.
std::string id_of(const std::string& parent) {
  const auto digest = bytes_of_hex(util::sha256_hex(parent + "." + home + ".ConfigMap."));
  auto text = util::base64_encode(digest);
  text = util::replace_all(util::replace_all(util::replace_all(text, "+", "-"), "/", "_"), "=", "");
  return "applyset-" + text + "-v1";
}

std::string group_kinds(const SetKinds& kinds) {
  std::set<std::string> out;
  for (const auto& kind : kinds) {
    const auto group = core::group_of(kind.api_version);
    out.insert(kind.kind + (group.empty() ? "" : "." + group));
  }
  return util::join(std::vector<std::string>(out.begin(), out.end()), ",");
}

std::string with_versions(const SetKinds& kinds) {
  std::vector<std::string> out;
  for (const auto& kind : kinds) out.push_back(kind.api_version + " " + kind.kind);
  return util::join(out, ",");
}

}  // namespace

ApplySet::ApplySet(std::string name) : name_(std::string(prefix) + std::move(name)), id_(id_of(name_)) {}

std::string ApplySet::name() const {
  return name_.substr(prefix.size());
}

core::KubeObject ApplySet::parent() const {
  return {{"v1", "ConfigMap", home, name_}};
}

core::Fields ApplySet::parent_fields(const SetKinds& kinds, const std::set<std::string>& namespaces) const {
  auto out = begin_object(parent().object);
  std::vector<std::string> others;
  for (const auto& name : namespaces)
    if (name != home && !name.empty()) others.push_back(name);
  out[label_at("applyset.kubernetes.io/id")] = {id_, true};
  out[annotation_at("applyset.kubernetes.io/tooling")] = {"gpuctl/v1", true};
  out[annotation_at("applyset.kubernetes.io/contains-group-kinds")] = {group_kinds(kinds), true};
  out[annotation_at("applyset.kubernetes.io/additional-namespaces")] = {util::join(others, ","), true};
  out[annotation_at(kinds_key)] = {with_versions(kinds), true};
  return out;
}

SetKinds ApplySet::remembered(const core::Facts& facts) const {
  SetKinds out;
  for (const auto& item : util::split(text_of(facts, parent(), annotation_at(kinds_key)), ',')) {
    const auto words = util::words(item);
    if (words.size() == 2) out.insert({words[0], words[1]});
  }
  return out;
}

core::KubeList ApplySet::members(const SetKind& kind) const {
  return {kind.api_version, kind.kind, "", std::string(part_of()) + "=" + id_, "", {}};
}

std::string set_name(const std::string& playbook, const std::vector<std::string>& paths) {
  const auto slash = playbook.rfind('/');
  auto whole = playbook.substr(slash == std::string::npos ? 0 : slash + 1);
  whole = whole.substr(0, whole.find('.'));
  for (const auto& path : paths) whole += "-" + path;
  std::string out;
  for (const char c : whole) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const bool capital = c >= 'A' && c <= 'Z';
    const char fine = letter ? c : capital ? static_cast<char>(c + 32) : '-';
    if (fine != '-' || (!out.empty() && out.back() != '-')) out += fine;
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  constexpr std::size_t most = 40;
  if (out.size() > most) out.resize(most);
  return (out.empty() ? "" : out + "-") + util::sha256_hex(whole).substr(0, 8);
}

}  // namespace gpuctl::steps
