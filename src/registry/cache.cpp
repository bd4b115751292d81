#include "registry/cache.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "chart/package/file.hpp"
#include "util/digest.hpp"
#include "util/strings.hpp"

namespace gpuctl::registry {

namespace {

constexpr std::string_view mark = "gpuctl index 1";

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

/// Nothing: it is not there, cannot be read, or is larger than all that is kept.
std::optional<std::string> read(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return {};
  std::string out;
  std::array<char, 65536> buffer{};
  for (;;) {
    const auto got = ::read(file.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 || out.size() > chart::most_chart_bytes) return {};
    if (got == 0) return out;
    out.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool write_beside(const std::string& path, std::string_view bytes) {
  auto beside = path + ".XXXXXX";
  const Descriptor file(::mkostemp(beside.data(), O_CLOEXEC));
  if (file.get() < 0) return false;
  if (write_all(file.get(), bytes) && ::rename(beside.c_str(), path.c_str()) == 0) return true;
  const int why = errno;
  ::unlink(beside.c_str());
  errno = why;
  return false;
}

/// The folders above a file, for their owner alone: charts may come from where a password is needed.
void make_folders(const std::string& path) {
  for (auto slash = path.find('/', 1); slash != path.npos; slash = path.find('/', slash + 1))
    ::mkdir(path.substr(0, slash).c_str(), 0700);
}

/// The front of a kept index takes one line for each thing.
bool one_line(const std::string& text) {
  return text.find_first_of("\r\n") == text.npos;
}

}  // namespace

std::string Cache::chart_path(const std::string& digest) const {
  return folder_ + "/charts/sha256/" + digest + ".tgz";
}

std::string Cache::index_path(const std::string& address) const {
  return folder_ + "/indexes/" + util::sha256_hex(address);
}

void Cache::write(const std::string& path, const std::string& bytes) {
  make_folders(path);
  if (write_beside(path, bytes) || told_) return;
  told_ = true;
  warn_(fmt::format("nothing is kept for the next time: cannot write {}: {}", path, std::strerror(errno)));
}

std::optional<std::string> Cache::chart(const std::string& digest) {
  if (folder_.empty()) return {};
  auto bytes = read(chart_path(digest));
  if (bytes && util::sha256_hex(*bytes) != digest) bytes.reset();
  return bytes;
}

void Cache::keep_chart(const std::string& digest, const std::string& bytes) {
  if (!folder_.empty()) write(chart_path(digest), bytes);
}

std::optional<KeptIndex> Cache::index(const std::string& address) {
  if (folder_.empty()) return {};
  const auto file = read(index_path(address));
  if (!file) return {};
  KeptIndex out;
  std::string_view rest = *file;
  std::array<std::string, 4> front;
  for (auto& line : front) {
    const auto end = rest.find('\n');
    if (end == rest.npos) return {};
    line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
  }
  if (front[0] != mark || front[1] != util::sha256_hex(rest)) return {};
  return KeptIndex{front[2], front[3], std::string(rest)};
}

void Cache::keep_index(const std::string& address, const KeptIndex& index) {
  if (folder_.empty()) return;
  if (!one_line(index.etag) || !one_line(index.last_modified)) return;
  write(index_path(address),
        fmt::format("{}\n{}\n{}\n{}\n", mark, util::sha256_hex(index.text), index.etag, index.last_modified) +
            index.text);
}

}  // namespace gpuctl::registry
