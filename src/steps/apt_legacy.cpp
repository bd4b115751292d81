#include "steps/apt_legacy.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "steps/look.hpp"
#include "util/openpgp.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;
using core::Files;
using core::FileText;
using core::Probe;

namespace {

constexpr const char* sources_list = "/etc/apt/sources.list";
constexpr const char* trusted = "/etc/apt/trusted.gpg";

/// Distributions keep their own keys, large ones, in trusted.gpg.d as debian-archive-* and ubuntu-keyring-*. The globs
/// leave those out (with everything else in `de` and `ub`).
std::vector<std::string> trusted_globs() {
  const std::string folder = "/etc/apt/trusted.gpg.d/";
  return {folder + "[!du]*", folder + "d[!e]*", folder + "u[!b]*"};
}

std::vector<std::string> list_globs() {
  return {"/etc/apt/sources.list.d/*.list", "/etc/apt/sources.list.d/*.sources"};
}

/// `nvidia-docker` of `/etc/apt/sources.list.d/nvidia-docker.list`.
std::string stem(const std::string& path) {
  const auto name = path.substr(path.rfind('/') + 1);
  return name.substr(0, name.rfind('.'));
}

struct File {
  Probe probe;
  std::string path;
  std::string text;
};

/// The files that a single question and some globs found.
std::vector<File> files_of(const Facts& facts, const std::string& single, const std::vector<std::string>& globs) {
  std::vector<File> out;
  if (const auto* text = facts.text(FileText{single})) out.push_back({FileText{single}, single, *text});
  for (const auto& glob : globs)
    if (const auto* record = facts.record(Files{glob}))
      for (const auto& [path, field] : *record)
        if (const auto* text = std::get_if<std::string>(&field)) out.push_back({Files{glob}, path, *text});
  return out;
}

std::vector<Need> needs_of(const std::string& single, const std::vector<std::string>& globs) {
  std::vector<Need> out{FileText{single}};
  for (const auto& glob : globs) out.emplace_back(Files{glob});
  return out;
}

bool holds_key(const std::string& bytes, const std::string& fingerprint) {
  try {
    return !util::openpgp::only(bytes, fingerprint).empty();
  } catch (const util::openpgp::Malformed&) {
    return false;  // apt cannot read it either
  }
}

Cure rewritten(const std::string& path, const std::string& before, const std::string& after) {
  Cure cure = after.empty() ? act(core::RemoveFile{path}) : act(core::WriteFile{path, after});
  cure.diffs = {{path, before, after, false, after.empty()}};
  return cure;
}

}  // namespace

std::vector<Probe> AptLegacy::probes() const {
  std::vector<Probe> out{FileText{sources_list}, FileText{trusted}};
  for (const auto& glob : list_globs()) out.emplace_back(Files{glob});
  for (const auto& glob : trusted_globs()) out.emplace_back(Files{glob});
  return out;
}

void AptLegacy::plan(Draft& draft) const {
  plan_lists(draft);
  plan_keys(draft);
}

bool AptLegacy::is_meant(const AptSource& other, const std::string& path, const std::string& arch) const {
  if (same_uri(other.uri, arch) == same_uri(source.uri, arch) && same_suite(other.suite) == same_suite(source.suite))
    return true;
  const auto parts = util::split(other.uri, '/');
  return std::ranges::any_of(replaces, [&](const std::string& name) {
    return stem(path) == name || std::ranges::find(parts, name) != parts.end();
  });
}

void AptLegacy::plan_lists(Draft& draft) const {
  const auto arch = text_of(draft.facts(), core::Platform{}, "arch");
  bool found = false;
  for (const auto& file : files_of(draft.facts(), sources_list, list_globs())) {
    if (file.path == list) continue;
    const auto sources = parse_sources(file.path, file.text);
    if (std::ranges::none_of(sources, [&](const auto& other) { return is_meant(other, file.path, arch); })) continue;
    found = true;
    plan_list(draft, Need{file.probe}, file.path, file.text);
  }
  if (found) return;
  draft.check(
      needs_of(sources_list, list_globs()), "other lists of the repository",
      [](const Facts&) { return Finding{true, "none", "none", ""}; }, [](const Facts&) { return never(""); });
}

void AptLegacy::plan_list(Draft& draft, const Need& need, const std::string& path, const std::string& text) const {
  const auto arch = text_of(draft.facts(), core::Platform{}, "arch");
  const auto meant = [&](const AptSource& other) { return is_meant(other, path, arch); };
  std::vector<std::string> uris;
  for (const auto& other : parse_sources(path, text))
    if (meant(other)) uris.push_back(other.uri);
  const auto left = without_sources(path, text, meant);
  draft.check(
      {need}, left.empty() ? "legacy list " + path : "legacy entry in " + path,
      [&](const Facts&) {
        return Finding{false, "absent", util::join(uris, ", "), "it names what " + list + " is for"};
      },
      [&](const Facts&) { return rewritten(path, text, left); });
}

void AptLegacy::plan_keys(Draft& draft) const {
  bool found = false;
  for (const auto& file : files_of(draft.facts(), trusted, trusted_globs())) {
    if (!holds_key(file.text, fingerprint)) continue;
    found = true;
    plan_key(draft, Need{file.probe}, file.path, file.text);
  }
  if (found) return;
  draft.check(
      needs_of(trusted, trusted_globs()), "the key among those trusted for everything",
      [](const Facts&) { return Finding{true, "absent", "absent", ""}; }, [](const Facts&) { return never(""); });
}

void AptLegacy::plan_key(Draft& draft, const Need& need, const std::string& path, const std::string& bytes) const {
  const auto left = util::openpgp::without(bytes, fingerprint);
  const auto others = util::openpgp::public_keys(left).size();
  draft.check(
      {need}, "legacy key in " + path,
      [&](const Facts&) {
        return Finding{
            false, "absent",
            others == 0 ? "the key alone" : fmt::format("the key, and {} other{}", others, others > 1 ? "s" : ""),
            "apt trusts it for every repository"};
      },
      [&](const Facts&) {
        if (others == 0) return act(core::RemoveFile{path});
        const bool armoured = util::openpgp::is_armoured(bytes);
        return act(core::WriteFile{path, armoured ? util::openpgp::armour(left) : left});
      });
}

}  // namespace gpuctl::steps
