#include "kube/sealed.hpp"

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/visit.hpp"

namespace gpuctl::kube {

namespace {

using core::KubeRef;

/// The kind that the answer is about; of a list only that.
KubeRef subject_of(const core::Probe& probe) {
  return std::visit(core::Overload{
                        [](const core::KubeObject& p) { return p.object; },
                        [](const core::KubeDryRun& p) { return p.object; },
                        [](const core::KubeList& p) { return KubeRef{p.api_version, p.kind, "", ""}; },
                        [](const auto&) { return KubeRef{}; },
                    },
                    probe);
}

/// In a list's record the pointer stands behind the object's key.
std::string pointer_of(const std::string& key) {
  const auto hash = key.find("#/");
  return hash == std::string::npos ? key : key.substr(hash + 1);
}

}  // namespace

core::Answer sealed(const core::Probe& probe, core::Answer answer, const core::Seal& seal) {
  auto* record = std::get_if<core::Record>(&answer);
  const auto about = subject_of(probe);
  if (!record || about.kind != "Secret") return answer;
  for (auto& [key, field] : *record)
    if (auto* text = std::get_if<std::string>(&field); text && core::is_secret_value(about, pointer_of(key)))
      *text = seal.word(*text);
  return answer;
}

core::Fields opened(const KubeRef& ref, core::Fields fields, const core::Seal& seal) {
  for (auto& [pointer, leaf] : fields) {
    const bool secret = core::is_secret_value(ref, pointer) && core::Seal::is_word(leaf.text);
    if (!secret && !core::Seal::is_rolled(leaf.text)) continue;
    auto value = seal.value(leaf.text);
    if (!value)
      throw core::Error(
          core::ErrorKind::refused,
          fmt::format("{}: the value of {} is not the one that was planned", core::describe(ref), pointer), {},
          "plan again, review it, and perform the new plan");
    leaf.text = std::move(*value);
  }
  return fields;
}

}  // namespace gpuctl::kube
