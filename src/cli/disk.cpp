#include "cli/disk.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "core/error.hpp"

namespace gpuctl::cli {

namespace {

constexpr std::size_t most_bytes = 16UL << 20U;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  /// The last chance of the system to tell of a lost write.
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

[[noreturn]] void cannot(core::ErrorKind kind, const char* what, const std::string& path) {
  throw core::Error(kind, fmt::format("cannot {} {}: {}", what, path, std::strerror(errno)));
}

void write_all(int fd, const std::string& content, const std::string& path) {
  for (std::size_t at = 0; at < content.size();) {
    const auto written = ::write(fd, content.data() + at, content.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) cannot(core::ErrorKind::failed, "write", path);
    at += static_cast<std::size_t>(written);
  }
}

void write_through(const std::string& path, const std::string& content) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.get() < 0) cannot(core::ErrorKind::failed, "write", path);
  write_all(file.get(), content, path);
}

void write_beside(const std::string& path, const std::string& content, mode_t mode) {
  auto beside = path + ".XXXXXX";
  Descriptor file(::mkostemp(beside.data(), O_CLOEXEC));
  if (file.get() < 0) cannot(core::ErrorKind::failed, "write", path);
  try {
    write_all(file.get(), content, path);
    if (::fchmod(file.get(), mode) != 0 || ::fsync(file.get()) != 0 || !file.close() ||
        ::rename(beside.c_str(), path.c_str()) != 0)
      cannot(core::ErrorKind::failed, "write", path);
  } catch (const core::Error&) {
    ::unlink(beside.c_str());
    throw;
  }
}

}  // namespace

std::string read_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) cannot(core::ErrorKind::invalid, "read", path);
  std::string out;
  char buffer[16384];
  for (;;) {
    const auto got = ::read(file.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) cannot(core::ErrorKind::invalid, "read", path);
    if (got == 0) return out;
    out.append(buffer, static_cast<std::size_t>(got));
    if (out.size() > most_bytes)
      throw core::Error(core::ErrorKind::invalid, fmt::format("{} is larger than 16 MiB", path));
  }
}

std::optional<std::string> read_if_there(const std::string& path) {
  if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) return {};
  return read_file(path);
}

std::vector<std::string> list_files(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    if (fs::exists(path, error)) return {path};
    throw core::Error(core::ErrorKind::invalid, fmt::format("there is no file or folder {}", path));
  }
  std::vector<std::string> out;
  for (auto at = fs::directory_iterator(path, error); !error && at != fs::directory_iterator(); at.increment(error)) {
    const auto name = at->path().filename().string();
    std::error_code odd;
    if (!name.starts_with('.') && at->is_regular_file(odd)) out.push_back((fs::path(path) / name).string());
  }
  if (error) throw core::Error(core::ErrorKind::invalid, fmt::format("cannot list {}: {}", path, error.message()));
  std::ranges::sort(out);
  return out;
}

void put_file(const std::string& path, const std::string& content, unsigned mode) {
  write_beside(path, content, mode);
}

void write_file(const std::string& path, const std::string& content) {
  struct stat found{};
  const bool exists = ::stat(path.c_str(), &found) == 0;
  if (exists && !S_ISREG(found.st_mode)) return write_through(path, content);
  write_beside(path, content, exists ? found.st_mode & 07777U : 0600U);
}

}  // namespace gpuctl::cli
