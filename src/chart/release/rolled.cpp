#include "chart/release/rolled.hpp"

#include <array>

#include "chart/json_out.hpp"
#include "chart/release/sealed.hpp"
#include "chart/render/manifests.hpp"
#include "chart/yaml_in.hpp"
#include "chart/yaml_nodes.hpp"
#include "chart/yaml_out.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart::release {

namespace {

using Maybe = std::optional<Value>;

/// What makes it this object, and what Helm does with it.
bool is_identity(const std::string& pointer) {
  static constexpr std::array<std::string_view, 4> own{"/kind", "/apiVersion", "/metadata/name", "/metadata/namespace"};
  for (const auto end : own)
    if (pointer.ends_with(end)) return true;
  return pointer.find("/metadata/annotations/helm.sh/") != std::string::npos;
}

class Compare {
 public:
  Compare(std::string place, core::Seal& seal) : place_(std::move(place)), seal_(seal) {}

  Maybe without_rolls(const Value& one, const Value& again, const std::string& pointer) const {
    if (one.kind() != again.kind()) return std::nullopt;
    if (one.kind() == Kind::map) return of_maps(one.map()->entries, again.map()->entries, pointer);
    if (one.kind() == Kind::list) return of_lists(one.list().items, again.list().items, pointer);
    if (to_json(one) == to_json(again)) return one;
    if (one.kind() != Kind::string || is_identity(pointer)) return std::nullopt;
    const auto value = core::Seal::is_word(one.string()) ? seal_.value(one.string()) : one.string();
    return value ? Maybe(seal_.keep_rolled(place_ + pointer, *value)) : std::nullopt;
  }

 private:
  template <class Entries>
  Maybe of_maps(const Entries& one, const Entries& again, const std::string& pointer) const {
    if (one.size() != again.size()) return std::nullopt;
    Map out;
    for (const auto& [key, value] : one) {
      const auto other = again.find(key);
      if (other == again.end()) return std::nullopt;
      auto plain = without_rolls(value, other->second, pointer + "/" + key);
      if (!plain) return std::nullopt;
      out.entries.emplace(key, std::move(*plain));
    }
    return Value(std::move(out));
  }

  template <class Items>
  Maybe of_lists(const Items& one, const Items& again, const std::string& pointer) const {
    if (one.size() != again.size()) return std::nullopt;
    List out;
    for (std::size_t i = 0; i < one.size(); ++i) {
      auto plain = without_rolls(one[i], again[i], pointer + "/" + std::to_string(i));
      if (!plain) return std::nullopt;
      out.items.push_back(std::move(*plain));
    }
    return Value(std::move(out));
  }

  std::string place_;
  core::Seal& seal_;
};

/// The comments that a document begins with: where it is from.
std::string head_of(const std::string& document) {
  std::string out;
  for (const auto& line : util::lines(document)) {
    if (!line.starts_with('#')) break;
    out += line + "\n";
  }
  return out;
}

std::optional<std::string> of_documents(const std::string& one, const std::string& again, const std::string& place,
                                        core::Seal& seal) {
  if (one == again) return one;
  const auto ours = split_documents(one), theirs = split_documents(again);
  if (ours.size() != theirs.size()) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    auto text = ours[i];
    if (text != theirs[i]) {
      const Compare compare(place + "/" + std::to_string(i), seal);
      const auto plain = compare.without_rolls(from_yaml(text), from_yaml(theirs[i]), "");
      if (!plain) return std::nullopt;
      text = head_of(text) + to_yaml(*plain);
    }
    out += "---\n" + text + (text.ends_with('\n') ? "" : "\n");
  }
  return out;
}

}  // namespace

SealedTexts sealed_texts(const Release& release, core::Seal& seal) {
  SealedTexts out;
  out.manifest = sealed_manifest(release.manifest, seal);
  for (const auto& hook : release.hooks) out.hooks.push_back(sealed_manifest(hook.manifest, seal));
  return out;
}

std::optional<SealedTexts> without_rolls(const SealedTexts& one, const SealedTexts& again, const std::string& place,
                                         core::Seal& seal) {
  if (one.hooks.size() != again.hooks.size()) return std::nullopt;
  SealedTexts out;
  try {
    auto manifest = of_documents(one.manifest, again.manifest, place + "/objects", seal);
    if (!manifest) return std::nullopt;
    out.manifest = std::move(*manifest);
    for (std::size_t i = 0; i < one.hooks.size(); ++i) {
      auto hook = of_documents(one.hooks[i], again.hooks[i], place + "/hooks/" + std::to_string(i), seal);
      if (!hook) return std::nullopt;
      out.hooks.push_back(std::move(*hook));
    }
  } catch (const YamlError&) {
    return std::nullopt;
  }
  return out;
}

}  // namespace gpuctl::chart::release
