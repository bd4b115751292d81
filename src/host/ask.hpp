#pragma once

#include <vector>

#include "host/question.hpp"

namespace gpuctl::host {

// One function a group of probes: takes those of its kinds, adds the questions that answer them.
using Probes = std::span<const core::Probe>;

void ask_system(Probes, std::vector<Question>&);    ///< Clock, Platform
void ask_stats(Probes, std::vector<Question>&);     ///< Stat, Stats, AptIndex: one stat
void ask_units(Probes, std::vector<Question>&);     ///< Unit: one systemctl show
void ask_packages(Probes, std::vector<Question>&);  ///< Package: one dpkg-query; Available: one apt-cache
void ask_files(Probes, std::vector<Question>&);     ///< FileText, Files, Keyring
void ask_handlers(Probes, std::vector<Question>&);  ///< Handlers, HandlersAfterConfigure
void ask_commands(Probes, std::vector<Question>&);  ///< Command

/// The probes of kind P among them.
template <class P>
std::vector<P> those_of(Probes probes) {
  std::vector<P> out;
  for (const auto& probe : probes)
    if (const auto* wanted = std::get_if<P>(&probe)) out.push_back(*wanted);
  return out;
}

}  // namespace gpuctl::host
