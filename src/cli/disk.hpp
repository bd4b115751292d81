#pragma once

#include <string>

namespace gpuctl::cli {

/// A file's bytes, at most 16 MiB. Throws core::Error{invalid} with the system's reason.
std::string read_file(const std::string& path);

/// Writes beside the target, syncs, renames; an existing file keeps its mode, a new one is 0600. Something that is no
/// file (a pipe, /dev/stdout) is written to as it is. Throws core::Error{failed}.
void write_file(const std::string& path, const std::string& content);

}  // namespace gpuctl::cli
