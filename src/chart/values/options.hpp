#pragma once

#include <functional>
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

/// The text behind an address, at most so many bytes. Throws core::Error.
using ReadAddress = std::function<std::string(const std::string& address, std::size_t most)>;

/// All of them in one map, the later over the earlier in the order of the struct. Files may have
/// addresses where there is something to read those with. Throws core::Error.
std::shared_ptr<Map> user_values(const ValueOptions& options, Disk& disk, const ReadAddress& far = {});

}  // namespace gpuctl::chart
