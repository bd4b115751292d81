#pragma once

#include "chart/package/disk.hpp"

namespace gpuctl::cli {

/// Charts and values files on the disk; `-` is standard input.
class ChartDisk : public chart::Disk {
 public:
  What look(const std::string& path) override;
  std::string read(const std::string& path, std::size_t most) override;
  std::vector<Entry> entries(const std::string& folder) override;
};

}  // namespace gpuctl::cli
