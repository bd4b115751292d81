#pragma once

#include <map>
#include <string>

#include "core/answer.hpp"

namespace gpuctl::host {

/// CRI-O's root file, by which core::Handlers asks for its handlers.
inline constexpr const char* crio_config = "/etc/crio/crio.conf";
/// Every file in and below it is read after the root, whatever its name ends in.
inline constexpr const char* crio_folder = "/etc/crio/crio.conf.d";

/// What core::Handlers asks for, of CRI-O; `files`: path -> text, in any order. Failed where one is no TOML. CRI-O
/// needs no file at all, so it is never Absent.
///
/// CRI-O (read in pkg/config/config.go of v1.34): a later file replaces a handler that it names as a whole and leaves
/// the others; "default" is there only where a file says it, for which handler is built in differs between releases.
core::Answer crio_handlers(const std::map<std::string, std::string>& files);

}  // namespace gpuctl::host
