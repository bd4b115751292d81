#include "cli/chart_disk.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "core/error.hpp"

namespace gpuctl::cli {

namespace {

using What = chart::Disk::What;

What what_of(mode_t mode) {
  if (S_ISDIR(mode)) return What::folder;
  return S_ISREG(mode) ? What::file : What::other;
}

[[noreturn]] void cannot(const char* what, const std::string& path) {
  throw core::Error(core::ErrorKind::invalid, fmt::format("{} {}: {}", what, path, std::strerror(errno)));
}

/// Closed when it goes, unless it is standard input.
struct Input {
  int fd;
  ~Input() {
    if (fd > 0) ::close(fd);
  }
};

}  // namespace

What ChartDisk::look(const std::string& path) {
  if (path == "-") return What::file;
  struct stat found{};
  return ::stat(path.c_str(), &found) == 0 ? what_of(found.st_mode) : What::nothing;
}

std::string ChartDisk::read(const std::string& path, std::size_t most) {
  const Input input{path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (input.fd < 0) cannot("open", path);
  struct stat about{};
  std::string out;
  if (::fstat(input.fd, &about) == 0 && S_ISREG(about.st_mode))
    out.reserve(std::min(static_cast<std::size_t>(about.st_size) + 1, most));
  char buffer[65536];
  for (;;) {
    const auto got = ::read(input.fd, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) cannot("read", path);
    if (got == 0) return out;
    out.append(buffer, static_cast<std::size_t>(got));
    if (out.size() > most)
      throw core::Error(core::ErrorKind::invalid, fmt::format("{} is larger than {} bytes", path, most));
  }
}

std::vector<chart::Disk::Entry> ChartDisk::entries(const std::string& folder) {
  std::vector<Entry> out;
  std::error_code error;
  for (auto at = std::filesystem::directory_iterator(folder, error);
       !error && at != std::filesystem::directory_iterator(); at.increment(error)) {
    Entry entry;
    entry.name = at->path().filename().string();
    struct stat found{};
    if (::stat(at->path().c_str(), &found) == 0) {
      entry.what = what_of(found.st_mode);
      entry.bytes = static_cast<std::size_t>(found.st_size);
    }
    out.push_back(std::move(entry));
  }
  if (error) throw core::Error(core::ErrorKind::invalid, fmt::format("open {}: {}", folder, error.message()));
  std::sort(out.begin(), out.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return out;
}

}  // namespace gpuctl::cli
