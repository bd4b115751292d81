#include "support/golden.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace gpuctl::golden {

bool same(const std::string& name, const std::string& text) {
  const std::filesystem::path path = std::filesystem::path(GPUCTL_TESTS) / "golden" / name;
  if (std::getenv("GPUCTL_ACCEPT")) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return true;
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream expected;
  expected << file.rdbuf();
  if (file && expected.str() == text) return true;
  std::cout << path << " holds\n" << expected.str() << "--- and this was written ---\n" << text << "---\n";
  return false;
}

}  // namespace gpuctl::golden
