#include <fcntl.h>

#include <algorithm>

#include "machine.hpp"

using namespace gpuctl;
using host_test::Folder;

namespace {

/// A machine whose apt-get, apt-mark and dpkg-query are scripts of the test: what is shown here is the waiting, not
/// apt.
struct Apt {
  explicit Apt(const std::string& get) {
    folder.write("bin/apt-get", "#!/bin/sh\necho get \"$*\" >>" + folder / "calls" + "\n" + get);
    folder.write("bin/apt-mark", "#!/bin/sh\necho mark \"$*\" >>" + folder / "calls" + "\n");
    folder.write("bin/dpkg-query", "#!/bin/sh\necho a:hold; echo b:install\n");
    chmod((folder / "bin/dpkg-query").c_str(), 0755);
    chmod((folder / "bin/apt-get").c_str(), 0755);
    chmod((folder / "bin/apt-mark").c_str(), 0755);
  }
  core::Done act(const host_test::Sh& sh, const core::Action& action) const {
    auto given = host_test::options(sh);
    given.job_folder = folder / "jobs";
    std::vector<std::string> argv{"env", "PATH=" + folder / "bin" + ":/usr/sbin:/usr/bin:/sbin:/bin"};
    argv.insert(argv.end(), sh.argv.begin(), sh.argv.end());
    host::Node node(host::local_connector(argv), given);
    return host::act_on(node)->perform(std::vector<core::Action>{action}, {});
  }
  std::string calls() const { return Folder::read(folder / "calls"); }

  Folder folder;
};

const core::InstallPackages held{{{"a", "1"}, {"b", "2"}}, true, 20};

}  // namespace

TEST_CASE("install: unhold what is held, install, hold all") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    const Apt apt("exit 0");
    const auto done = apt.act(sh, held);
    CHECK_MESSAGE(done.ok, done.why, done.evidence);
    const auto calls = apt.calls();
    CHECK(calls.starts_with("mark unhold a\nget -y -q "));
    CHECK(calls.ends_with("--allow-downgrades --allow-change-held-packages install -- a=1 b=2\nmark hold a b\n"));
  }
}

TEST_CASE("install: what was held is held again when apt fails") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    const Apt apt("echo 'E: Unable to locate package a'; exit 100");
    const auto done = apt.act(sh, held);
    CHECK(done.why == "apt's index does not know the package: E: Unable to locate package a");
    CHECK(done.evidence == "E: Unable to locate package a\n");
    CHECK(apt.calls().ends_with("mark hold a\n"));
  }
}

TEST_CASE("a lock is waited for, and tried again") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    const Apt apt(
        "[ -e \"$0.free\" ] && exit 0; : >\"$0.free\"; echo 'E: Could not get lock /var/lib/apt/lists/lock'; exit 100");
    const auto done = apt.act(sh, core::RefreshIndex{"/x.list", "http://x", "/", 20});
    CHECK_MESSAGE(done.ok, done.why, done.evidence);
    const auto calls = apt.calls();
    CHECK(std::count(calls.begin(), calls.end(), '\n') == 2);
    CHECK(calls.find("-o Dir::Etc::sourcelist=/x.list -o Dir::Etc::sourceparts=- ") != std::string::npos);
  }
}

TEST_CASE("a lock that stays is named with its holder") {
  if (!host_test::own_mounts()) {
    MESSAGE("skipped: a mount of one's own needs root");
    return;
  }
  const auto sh = host_test::shells().front();
  const Apt apt("echo 'E: Could not get lock /var/lib/dpkg/lock-frontend'; exit 100");
  REQUIRE(mount("tmpfs", "/var/lib/dpkg", "tmpfs", 0, "size=64k") == 0);
  const int fd = open("/var/lib/dpkg/lock-frontend", O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  struct flock lock{};  // as apt and dpkg lock
  lock.l_type = F_WRLCK;
  REQUIRE(fcntl(fd, F_SETLK, &lock) == 0);
  const auto done = apt.act(sh, core::RefreshIndex{"/x.list", "http://x", "/", 1});
  close(fd);
  CHECK(umount("/var/lib/dpkg") == 0);
  CHECK_FALSE(done.ok);
  CHECK(done.why == "the package lock is held by host-tests (pid " + std::to_string(getpid()) + ")");
}
