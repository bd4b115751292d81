#pragma once

#include <doctest/doctest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "host/local_link.hpp"
#include "host/node.hpp"

namespace host_test {

/// A shell of this machine, as a login shell and as the shell on the host.
struct Sh {
  const char* name;
  std::vector<std::string> argv;
  std::string command;
};

inline bool has(const char* program) {
  return std::system((std::string("command -v ") + program + " >/dev/null 2>&1").c_str()) == 0;
}

inline std::vector<Sh> shells() {
  std::vector<Sh> out{{"sh", {"/bin/sh"}, "/bin/sh"}};
  if (has("busybox")) out.push_back({"busybox", {"busybox", "sh"}, "busybox sh"});
  if (has("bash")) out.push_back({"bash", {"bash", "--posix"}, "bash --posix"});
  return out;
}

inline gpuctl::host::NodeOptions options(const Sh& sh) {
  gpuctl::host::NodeOptions out;
  out.name = sh.name;
  out.become_root = false;
  out.sh = sh.command;
  out.silence = std::chrono::seconds(8);  // a heartbeat every 2 s
  return out;
}

/// From here on this program's mounts are its own. False: only root may do that.
inline bool own_mounts() {
  return getuid() == 0 && unshare(CLONE_NEWNS) == 0 && mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

/// A folder of its own that goes away.
class Folder {
 public:
  Folder() {
    char name[] = "/tmp/gpuctl-host-XXXXXX";
    path_ = mkdtemp(name);
  }
  ~Folder() {
    std::error_code busy;  // a mount that a failed test left; its namespace ends with the program
    std::filesystem::remove_all(path_, busy);
  }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }
  std::string write(const std::string& name, const std::string& content) const {
    const auto path = *this / name;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }
  static std::string read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::string path_;
};

}  // namespace host_test
