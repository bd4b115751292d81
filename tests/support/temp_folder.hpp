#pragma once

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

/// A folder of a test's own, removed with it; kept, and named on standard error, when GPUCTL_KEEP is set.
class TempFolder {
 public:
  TempFolder() : path_(std::filesystem::temp_directory_path() / "gpuctl-test-XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder: " + path_);
  }
  ~TempFolder() {
    std::error_code ignored;
    if (std::getenv("GPUCTL_KEEP") == nullptr) std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string at(const std::string& name) const { return path_ + "/" + name; }

  /// Writes a file (and the folders above it) and returns its path.
  std::string write(const std::string& name, const std::string& text, mode_t mode = 0644) const {
    const std::filesystem::path path = at(name);
    std::filesystem::create_directories(path.parent_path());
    {
      std::ofstream out(path, std::ios::binary | std::ios::trunc);
      out << text;
      if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
    }
    chmod(path.c_str(), mode);
    return path;
  }

 private:
  std::string path_;
};
