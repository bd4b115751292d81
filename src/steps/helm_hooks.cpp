#include "steps/helm_hooks.hpp"

#include <algorithm>

#include "util/stable_sort.hpp"

namespace gpuctl::steps {

std::vector<core::HelmHook> stored_hooks(const chart::release::Release& release, const std::string& event,
                                         const ClusterScoped& scope) {
  struct Weighed {
    std::int64_t weight;
    core::HelmHook hook;
  };
  std::vector<Weighed> found;
  for (std::size_t i = 0; i < release.hooks.size(); ++i) {
    const auto& hook = release.hooks[i];
    if (std::ranges::find(hook.events, event) == hook.events.end()) continue;
    for (const auto& object : helm_objects(hook.manifest, {release.name, release.name_space}, scope))
      found.push_back({hook.weight, {object.ref, object.fields, static_cast<int>(i), hook.delete_policies}});
  }
  util::stable_sort(found, [](const Weighed& a, const Weighed& b) {
    return a.weight != b.weight ? a.weight < b.weight : a.hook.object.name < b.hook.object.name;
  });
  std::vector<core::HelmHook> out;
  for (auto& one : found) out.push_back(std::move(one.hook));
  return out;
}

}  // namespace gpuctl::steps
