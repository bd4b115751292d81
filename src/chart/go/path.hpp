#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gpuctl::chart {

// Go's package path, for names with `/`.

/// The shortest name for the same path, by text alone; `.` for an empty one.
std::string path_clean(std::string_view path);
/// The last element, without slashes behind; `.` for an empty path.
std::string path_base(std::string_view path);
/// Both joined by a slash and cleaned.
std::string path_join(std::string_view folder, std::string_view name);
/// From the last dot of the last element on; empty without a dot.
std::string_view path_ext(std::string_view path);

/// path/filepath's Match: `*` and `?` stop at a slash, `[a-z]`, `[^a]`, `\`. Nothing where the pattern is not one.
std::optional<bool> path_match(std::string_view pattern, std::string_view name);

}  // namespace gpuctl::chart
