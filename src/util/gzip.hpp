#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gpuctl::util {

/// Why bytes could not be unpacked: one clause without a full stop.
struct GzipError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

bool is_gzip(std::string_view bytes);

/// Packed as tightly as gzip can, without a name or a time: the same text gives the same bytes.
std::string gzip(std::string_view text);

/// What gzip's members unpack to, their checksums and lengths compared. Throws GzipError, also where that is more than
/// `most` bytes, having unpacked no more than these.
std::string gunzip(std::string_view bytes, std::size_t most);

}  // namespace gpuctl::util
