#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chart/package/disk.hpp"
#include "chart/value.hpp"

namespace gpuctl::chart {

/// The values that a user gives, in the flags that give them.
struct ValueOptions {
  std::vector<std::string> files;
  std::vector<std::string> set_json;
  std::vector<std::string> set;
  std::vector<std::string> set_string;
  std::vector<std::string> set_file;
  std::vector<std::string> set_literal;
};

/// All of them in one map, the later over the earlier in the order of the struct. Throws core::Error.
std::shared_ptr<Map> user_values(const ValueOptions& options, Disk& disk);

}  // namespace gpuctl::chart
