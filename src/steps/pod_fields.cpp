#include "steps/pod_fields.hpp"

#include <fmt/core.h>

#include "steps/cluster.hpp"
#include "steps/kube_names.hpp"
#include "steps/taint.hpp"

namespace gpuctl::steps {

using core::Fields;
using core::Params;

namespace {

constexpr const char* container = "/spec/containers/0";

void put(Fields& out, const std::string& pointer, const std::string& text) {
  out[pointer] = {text, true};
}

void put_words(Fields& out, const std::string& pointer, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) put(out, fmt::format("{}/{}", pointer, i), words[i]);
}

void put_toleration(Fields& out, std::size_t index, const Taint& taint, bool any_value) {
  const auto at = fmt::format("/spec/tolerations/{}", index);
  if (!taint.key.empty()) put(out, at + "/key", taint.key);
  put(out, at + "/operator", any_value ? "Exists" : "Equal");
  if (!any_value) put(out, at + "/value", taint.value);
  if (!taint.effect.empty()) put(out, at + "/effect", taint.effect);
}

/// A toleration as Kubernetes writes it.
void put_toleration(Fields& out, std::size_t index, Params params) {
  Taint taint{params.text("key", ""), params.text("value", ""), ""};
  const bool exists = params.one_of("operator", {"Equal", "Exists"}, "Equal") == "Exists";
  taint.effect = params.one_of("effect", {"", "NoSchedule", "PreferNoSchedule", "NoExecute"}, "");
  if (taint.key.empty() && !exists) params.fail("key", "expected a key, or operator: Exists for every taint");
  params.done();
  put_toleration(out, index, taint, exists);
}

void put_tolerations(Params& params, Fields& out) {
  const auto* node = params.node("tolerations");
  if (!node) return;
  const auto* list = std::get_if<core::Node::List>(&node->value);
  if (!list) params.fail("tolerations", "expected a list of taints such as gpu=true:NoSchedule");
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto& item = (*list)[i];
    const auto* text = std::get_if<std::string>(&item.value);
    if (!text) {
      put_toleration(out, i, Params(item, fmt::format("test_pod.tolerations[{}]", i), params.host(), params.source()));
      continue;
    }
    const auto taint = parse_taint(*text);
    if (!taint) params.fail("tolerations", fmt::format("`{}` is not a taint", *text), taint_words);
    put_toleration(out, i, *taint, taint->value.empty());
  }
}

/// Only that node, named as the API has it: a host name may be another.
void put_node(Fields& out, const std::string& node) {
  const std::string at =
      "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchFields/0";
  put(out, at + "/key", "metadata.name");
  put(out, at + "/operator", "In");
  put(out, at + "/values/0", node);
}

void put_gpus(Params& params, Fields& out) {
  const auto resource = params.text("resource", "nvidia.com/gpu");
  const auto count = params.integer("gpus", 1);
  if (count < 0 || count > 1024) params.fail("gpus", "expected how many GPUs the pod asks for, 0 to 1024");
  if (count > 0) put(out, core::child(std::string(container) + "/resources/limits", resource), std::to_string(count));
}

}  // namespace

Fields pod_fields(Params& params, const core::KubeRef& ref, const std::string& node) {
  auto out = begin_object(ref);
  put(out, label_at("app.kubernetes.io/managed-by"), manager);
  put(out, "/spec/restartPolicy", "Never");
  put(out, std::string(container) + "/name", "test");
  const auto image = params.text("image");
  if (image.empty() || image.find_first_of(" \t\n") != std::string::npos)
    params.fail("image", "expected the name of an image, such as nvidia/cuda:12.2.0-base-ubuntu22.04");
  put(out, std::string(container) + "/image", image);
  put_words(out, std::string(container) + "/command", params.texts("command"));
  put_words(out, std::string(container) + "/args", params.texts("args"));
  const auto env = params.pairs("env");
  for (std::size_t i = 0; i < env.size(); ++i) {
    put(out, fmt::format("{}/env/{}/name", container, i), env[i].first);
    put(out, fmt::format("{}/env/{}/value", container, i), env[i].second);
  }
  put_gpus(params, out);
  put_tolerations(params, out);
  for (const auto& [key, value] : params.pairs("node_selector"))
    put(out, core::child("/spec/nodeSelector", key), value);
  const auto secrets = params.texts("image_pull_secrets");
  for (std::size_t i = 0; i < secrets.size(); ++i)
    put(out, fmt::format("/spec/imagePullSecrets/{}/name", i), secrets[i]);
  if (const auto runtime = object_name(params, "runtime_class", ""); !runtime.empty())
    put(out, "/spec/runtimeClassName", runtime);
  if (!node.empty()) put_node(out, node);
  return out;
}

}  // namespace gpuctl::steps
