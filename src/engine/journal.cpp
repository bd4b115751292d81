#include "engine/journal.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

namespace gpuctl::engine {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_runs = 200;

/// The names of runs begin with their time, so the first in order are the oldest.
void forget_oldest(const fs::path& runs) {
  std::vector<fs::path> all;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(runs, error)) all.push_back(entry.path());
  if (all.size() <= most_runs) return;
  std::ranges::sort(all);
  for (std::size_t i = 0; i + most_runs < all.size(); ++i) fs::remove_all(all[i], error);
}

}  // namespace

std::string Journal::path(const std::string& run) const {
  return (fs::path(folder_) / "runs" / run).string();
}

bool Journal::keep(const std::string& run, const std::string& file, const std::string& content) const {
  if (folder_.empty() || run.empty()) return false;
  std::error_code error;
  const fs::path folder = path(run);
  fs::create_directories(folder, error);
  fs::permissions(folder, fs::perms::owner_all, error);
  if (error) return false;
  forget_oldest(folder.parent_path());
  std::ofstream out(folder / file, std::ios::binary);
  out << content;
  out.close();
  return !out.fail();
}

}  // namespace gpuctl::engine
