#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gpuctl::chart {

/// What reading charts and values needs from the disk. Each throws core::Error{invalid} with the system's reason.
struct Disk {
  enum class What : std::uint8_t { nothing, folder, file, other };
  struct Entry {
    std::string name;
    What what = What::nothing;  ///< of a link: what it leads to, `nothing` where that is not there
    std::size_t bytes = 0;
  };

  virtual ~Disk() = default;
  virtual What look(const std::string& path) = 0;
  /// The bytes of a file, at most `most`; a longer one throws.
  virtual std::string read(const std::string& path, std::size_t most) = 0;
  /// What a folder holds, sorted by name; links followed.
  virtual std::vector<Entry> entries(const std::string& folder) = 0;
};

}  // namespace gpuctl::chart
