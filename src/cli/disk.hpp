#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gpuctl::cli {

/// A file's bytes, at most 16 MiB. Throws core::Error{invalid} with the system's reason.
std::string read_file(const std::string& path);

/// The same, or nothing where there is no such file.
std::optional<std::string> read_if_there(const std::string& path);

/// The regular files of a folder, as FOLDER/NAME, sorted, without hidden ones; of a file: itself. Throws
/// core::Error{invalid} when it is neither.
std::vector<std::string> list_files(const std::string& path);

/// Writes beside the target, syncs, renames; an existing file keeps its mode, a new one is 0600. Something that is no
/// file (a pipe, /dev/stdout) is written to as it is. Throws core::Error{failed}.
void write_file(const std::string& path, const std::string& content);

/// Beside, synced, renamed, with that mode; what stands there is replaced. Throws Error{failed}.
void put_file(const std::string& path, const std::string& content, unsigned mode);

}  // namespace gpuctl::cli
