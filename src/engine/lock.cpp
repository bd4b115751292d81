#include "engine/lock.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "core/error.hpp"

namespace gpuctl::engine {

namespace {

std::string file_name(const std::string& host) {
  std::string out;
  for (const char c : host) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    out += plain ? std::string(1, c) : fmt::format("_{:02x}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string holder_in(int fd) {
  char text[200] = "";
  const auto got = ::pread(fd, text, sizeof text, 0);
  return got > 0 ? std::string(text, static_cast<std::size_t>(got)) : "another run";
}

}  // namespace

Lock::Lock(const std::string& folder, const std::string& name, const std::string& holder) {
  if (folder.empty()) return;
  const auto path = std::filesystem::path(folder) / "locks" / file_name(name);
  std::error_code ignored;
  std::filesystem::create_directories(path.parent_path(), ignored);
  fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd_ < 0)
    throw core::Error(core::ErrorKind::failed, fmt::format("cannot lock {}: {}", path.string(), std::strerror(errno)));
  if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    const auto who = holder_in(fd_);
    ::close(std::exchange(fd_, -1));
    throw core::Error(core::ErrorKind::refused, fmt::format("{} is being provisioned by {}", name, who), {},
                      "wait until it has ended");
  }
  if (::ftruncate(fd_, 0) != 0 || ::pwrite(fd_, holder.data(), holder.size(), 0) < 0) {
    // Only the other one's message suffers.
  }
}

Lock::Lock(Lock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Lock::~Lock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace gpuctl::engine
