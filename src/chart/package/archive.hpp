#pragma once

#include <string_view>

#include "chart/package/file.hpp"

namespace gpuctl::chart {

/// Whether the bytes begin as gzip does.
bool is_gzip(std::string_view bytes);

/// The files of a packed chart (tar in gzip), their names without the first folder. What climbs out of it, is larger
/// than Helm's limits or cannot be read throws core::Error{invalid}, and no more than the limits is ever unpacked.
Files read_archive(std::string_view bytes);

}  // namespace gpuctl::chart
