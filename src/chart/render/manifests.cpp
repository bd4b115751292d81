#include "chart/render/manifests.hpp"

#include <algorithm>
#include <charconv>

#include "chart/go/path.hpp"
#include "chart/go/space.hpp"
#include "chart/package/decode.hpp"
#include "chart/package/read_yaml.hpp"
#include "chart/render/kinds.hpp"
#include "core/error.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

using Annotations = std::optional<std::map<std::string, std::string>>;

constexpr std::string_view known_events[] = {"pre-install", "post-install", "pre-delete",   "post-delete",
                                             "pre-upgrade", "post-upgrade", "pre-rollback", "post-rollback",
                                             "test",        "test-success"};

/// As Go calls the struct, which has no name.
constexpr std::string_view metadata_type =
    R"(struct { Name string "json:\"name\""; Annotations map[string]string "json:\"annotations\"" })";

/// What of an object says where it belongs. JSON's keys are sorted, so that the first of what is wrong is the first.
void read_head(Manifest& manifest, Annotations& annotations) {
  const Fields head(read_yaml(manifest.text), "util.SimpleHead");
  head.read("apiVersion", manifest.api_version);
  head.read("kind", manifest.kind);
  if (const auto metadata = head.part("metadata", metadata_type)) {
    const Fields fields(*metadata, "", "metadata");
    fields.read("annotations", annotations);
    fields.read("name", manifest.name);
  }
}

/// Words between commas, in lower case.
std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> out;
  for (const auto& part : util::split(text, ',')) {
    std::string word(go::trim_space(part));
    for (auto& c : word)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    out.push_back(std::move(word));
  }
  return out;
}

std::string annotation(const Annotations& annotations, const std::string& name) {
  const auto found = annotations->find(name);
  return found == annotations->end() ? "" : found->second;
}

int weight_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? out : 0;
}

void add_hook(Manifest manifest, const Annotations& annotations, std::vector<Hook>& hooks) {
  Hook hook;
  for (auto& event : words(annotations->at("helm.sh/hook"))) {
    if (std::find(std::begin(known_events), std::end(known_events), event) == std::end(known_events)) return;
    hook.events.push_back(event == "test-success" ? "test" : std::move(event));
  }
  hook.manifest = std::move(manifest);
  hook.weight = weight_of(annotation(annotations, "helm.sh/hook-weight"));
  if (annotations->contains("helm.sh/hook-delete-policy"))
    hook.delete_policies = words(annotations->at("helm.sh/hook-delete-policy"));
  if (annotations->contains("helm.sh/hook-output-log-policy"))
    hook.log_policies = words(annotations->at("helm.sh/hook-output-log-policy"));
  hooks.push_back(std::move(hook));
}

void add_document(const std::string& path, std::string text, Sorted& out) {
  Manifest manifest;
  manifest.path = path;
  manifest.text = std::move(text);
  Annotations annotations;
  try {
    read_head(manifest, annotations);
  } catch (const core::Error& error) {
    throw core::Error(core::ErrorKind::invalid, "YAML parse error on " + path + ": " + error.message());
  }
  if (annotations && annotations->contains("helm.sh/hook"))
    add_hook(std::move(manifest), annotations, out.hooks);
  else
    out.manifests.push_back(std::move(manifest));
}

}  // namespace

bool Hook::is_test() const {
  return std::find(events.begin(), events.end(), "test") != events.end();
}

Sorted sort_manifests(const std::map<std::string, std::string>& files) {
  Sorted out;
  for (const auto& [path, content] : files) {
    if (path_base(path).starts_with('_') || go::trim_space(content).empty()) continue;
    for (auto& document : split_documents(content)) add_document(path, std::move(document), out);
  }
  sort_by_kind(out.manifests, [](const Manifest& manifest) { return install_place(manifest.kind); });
  sort_by_kind(out.hooks, [](const Hook& hook) { return install_place(hook.manifest.kind); });
  return out;
}

}  // namespace gpuctl::chart
