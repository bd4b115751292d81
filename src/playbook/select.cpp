#include "playbook/select.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "playbook/hosts.hpp"
#include "playbook/wording.hpp"

namespace gpuctl::playbook {

namespace {

using core::Error;
using core::ErrorKind;

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void require_steps(const Playbook& playbook, const std::vector<std::string>& wanted, const char* option) {
  std::vector<std::string> names;
  for (const auto& use : playbook.steps) names.push_back(use.name);
  for (const auto& name : wanted)
    if (!holds(names, name))
      throw Error(ErrorKind::usage, fmt::format("{} {}: no step is called \"{}\"", option, name, name), {},
                  nearest_of(name, names, "the playbook's steps:"));
}

void limit(Playbook& playbook, const std::vector<std::string>& wanted) {
  Hosts hosts;
  hosts.all = playbook.hosts;
  hosts.all.insert(hosts.all.end(), playbook.others.begin(), playbook.others.end());
  const auto kept = hosts.named(wanted, ErrorKind::usage, {}, "--limit");
  for (auto& use : playbook.steps) std::erase_if(use.on, [&](const auto& item) { return !holds(kept, item.first); });
}

}  // namespace

Playbook select(Playbook playbook, const Selection& selection) {
  require_steps(playbook, selection.only, "--only");
  require_steps(playbook, selection.skip, "--skip");
  if (!selection.limit.empty()) limit(playbook, selection.limit);
  std::erase_if(playbook.steps, [&](const Use& use) {
    const bool unwanted = !selection.only.empty() && !holds(selection.only, use.name);
    return unwanted || holds(selection.skip, use.name) || use.on.empty();
  });
  if (playbook.steps.empty())
    throw Error(ErrorKind::usage, "no step is left to do", {}, "look at --limit, --only and --skip together");
  return settled(std::move(playbook));
}

}  // namespace gpuctl::playbook
