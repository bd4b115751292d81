#include <fcntl.h>

#include <thread>
#include <utility>

#include "core/error.hpp"
#include "machine.hpp"
#include "spy.hpp"

using namespace gpuctl;
using host_test::Folder;

namespace {

host::NodeOptions options(const host_test::Sh& sh, const Folder& folder) {
  auto out = host_test::options(sh);
  out.job_folder = folder / "jobs";
  return out;
}

core::Done act(const host_test::Sh& sh, const Folder& folder, const std::vector<core::Action>& actions,
               const std::vector<core::Probe>& then = {}) {
  host::Node node(host::local_connector(sh.argv), options(sh, folder));
  return host::act_on(node)->perform(actions, then);
}

core::WriteFile write(const std::string& path, const std::string& content, const std::string& mode = "0644") {
  return {path, content, mode, std::to_string(getuid()), std::to_string(getgid())};
}

unsigned mode_of(const std::string& path) {
  struct stat found{};
  return stat(path.c_str(), &found) == 0 ? found.st_mode & 07777 : 0;
}

int files_in(const std::string& path) {
  int count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(path)) ++count;
  return count;
}

std::string every_byte() {
  std::string out;
  for (int i = 0; i < 256; ++i) out += static_cast<char>(i);
  return out + "%s %% \\n '$HOME' `x`\n\n";
}

/// A command that tells when it begins, and ends when it is let go.
struct Held {
  explicit Held(const Folder& folder) : gate(folder / "gate"), log(folder / "log") { mkfifo(gate.c_str(), 0600); }
  core::Run action() const {
    return {{"sh", "-c", "echo began >>\"$1\"; read x <\"$2\"; echo ended >>\"$1\"", "sh", log, gate}, "held", 60};
  }
  bool began() const { return Folder::read(log) == "began\n"; }
  void let_go() const {
    const int fd = open(gate.c_str(), O_WRONLY);  // waits for the reader
    CHECK(::write(fd, "x\n", 2) == 2);
    close(fd);
  }
  std::string gate, log;
};

}  // namespace

TEST_CASE("write: new, every byte, large, empty, in a folder that is not there") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    Folder folder;
    const std::string large(300'000, 'x');
    const core::FileText look{folder / "a/b/c"};
    const auto done = act(sh, folder,
                          {write(folder / "a/b/c", "text"), write(folder / "bytes", every_byte(), "0600"),
                           write(folder / "large", large), write(folder / "empty", "")},
                          {look, core::Clock{}});
    CHECK_MESSAGE(done.ok, done.why, done.evidence);
    REQUIRE(done.facts.text(look));
    CHECK(*done.facts.text(look) == "text");
    CHECK(core::now(done.facts).us > 0);
    CHECK(Folder::read(folder / "bytes") == every_byte());
    CHECK(mode_of(folder / "bytes") == 0600);
    CHECK(mode_of(folder / "a/b/c") == 0644);
    CHECK(Folder::read(folder / "large") == large);
    CHECK(Folder::read(folder / "empty").empty());
    CHECK(files_in(folder / "a/b") == 1);
  }
}

TEST_CASE("write: owner and mode of what is there are kept, a link stays a link") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    Folder folder;
    const auto path = folder.write("real", "old");
    chmod(path.c_str(), 0640);
    if (getuid() == 0) CHECK(chown(path.c_str(), 12, 34) == 0);
    std::filesystem::create_symlink("real", folder / "link");
    const auto done = act(sh, folder, {write(folder / "link", "new")});
    CHECK_MESSAGE(done.ok, done.why, done.evidence);
    CHECK(std::filesystem::is_symlink(folder / "link"));
    CHECK(Folder::read(path) == "new");
    CHECK(mode_of(path) == 0640);
    struct stat found{};
    stat(path.c_str(), &found);
    if (getuid() == 0) CHECK(found.st_uid == 12);
  }
}

TEST_CASE("the first action that fails ends the job, and is named") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    Folder folder;
    folder.write("d/x", "");
    const core::FileText look{folder / "first"};
    const auto done = act(sh, folder,
                          {write(folder / "first", "1"), core::Run{{"sh", "-c", "echo seen; exit 3"}, "", 5},
                           write(folder / "third", "3")},
                          {look});
    CHECK_FALSE(done.ok);
    CHECK(done.failed_action == 1);
    CHECK(done.evidence == "seen\n");
    CHECK(done.why == "sh ended with exit code 3: seen");
    CHECK(done.facts.text(look));
    CHECK_FALSE(std::filesystem::exists(folder / "third"));
    const auto directory = act(sh, folder, {write(folder / "d", "x")});
    CHECK(directory.why.find("a folder stands in its place") != std::string::npos);
    const auto late = act(sh, folder, {core::Run{{"sleep", "30"}, "", 1}});
    CHECK(late.why == "sleep did not end within 1 s");
  }
}

TEST_CASE("remove: there or not") {
  Folder folder;
  const auto sh = host_test::shells().front();
  const auto path = folder.write("x y", "");
  CHECK(act(sh, folder, {core::RemoveFile{path}, core::RemoveFile{path}}).ok);
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a lost link ends nothing: the same run attaches, and the action runs once") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    Folder folder;
    const Held held(folder);
    std::thread letting;
    bool let_go = false;
    host::Node node(host_test::spied(host::local_connector(sh.argv),
                                     [&](int login, const std::string& received) {
                                       const bool waits = received.find(" beat\n") != std::string::npos;
                                       if (login == 2 && waits && !std::exchange(let_go, true))
                                         letting = std::thread([&] { held.let_go(); });
                                       return login == 1 && waits && held.began();
                                     }),
                    options(sh, folder));
    core::Done done;
    CHECK_NOTHROW(done = host::act_on(node)->perform(std::vector<core::Action>{held.action()}, {}));
    if (letting.joinable()) letting.join();
    CHECK_MESSAGE(done.ok, done.why);
    CHECK(Folder::read(held.log) == "began\nended\n");
  }
}

TEST_CASE("a run that was killed: the next one's first question waits for what still runs") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    Folder folder;
    const Held held(folder);
    {
      auto given = options(sh, folder);
      given.come_back = std::chrono::seconds(0);
      host::Node node(
          host_test::spied(host::local_connector(sh.argv), [&](int, const std::string&) { return held.began(); }),
          given);
      CHECK_THROWS_AS(host::act_on(node)->perform(std::vector<core::Action>{held.action()}, {}), core::Error);
    }
    std::thread letting;
    bool let_go = false;
    host::Node next(
        host_test::spied(host::local_connector(sh.argv),
                         [&](int, const std::string& received) {
                           if (received.find(" beat\n") != std::string::npos && !std::exchange(let_go, true))
                             letting = std::thread([&] { held.let_go(); });
                           return false;
                         }),
        options(sh, folder));
    const core::FileText log{held.log};
    const auto facts = next.gather(std::vector<core::Probe>{log});
    REQUIRE(letting.joinable());
    letting.join();
    CHECK(*facts.text(log) == "began\nended\n");
  }
}

TEST_CASE("a job that was killed says so") {
  Folder folder;
  const auto sh = host_test::shells().front();
  const auto done =
      act(sh, folder, {core::Run{{"sh", "-c", "kill -9 \"$(cat \"$1\"/*/pid)\"", "sh", folder / "jobs"}}});
  CHECK_FALSE(done.ok);
  CHECK(done.why.find("without a result") != std::string::npos);
}

TEST_CASE("nothing is left in the job folder once its end is known") {
  Folder folder;
  const auto sh = host_test::shells().front();
  std::chrono::steady_clock::time_point leaving;
  {
    host::Node node(host::local_connector(sh.argv), options(sh, folder));
    const auto actor = host::act_on(node);
    CHECK(actor->perform(std::vector<core::Action>{write(folder / "a", "1")}, {}).ok);
    node.gather(std::vector<core::Probe>{core::Clock{}});
    CHECK(files_in(folder / "jobs") == 0);
    CHECK(actor->perform(std::vector<core::Action>{write(folder / "a", "2")}, {}).ok);
    leaving = std::chrono::steady_clock::now();
  }
  CHECK(std::chrono::steady_clock::now() - leaving < std::chrono::seconds(2));  // it was not waited for in vain
  CHECK(files_in(folder / "jobs") == 0);
}

TEST_CASE("full disk and read-only file system: the old file stays, and nothing else") {
  if (!host_test::own_mounts()) {
    MESSAGE("skipped: a mount of one's own needs root");
    return;
  }
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    Folder folder;
    const auto disk = folder / "disk";
    std::filesystem::create_directory(disk);
    REQUIRE(mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=64k") == 0);
    folder.write("disk/file", "old");
    const auto full = act(sh, folder, {write(disk + "/file", std::string(200'000, 'x'))});
    CHECK_FALSE(full.ok);
    CHECK(full.why.starts_with("the disk is full: "));
    CHECK(Folder::read(disk + "/file") == "old");
    CHECK(files_in(disk) == 1);
    REQUIRE(mount("none", disk.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0);
    const auto fixed = act(sh, folder, {write(disk + "/file", "new")});
    CHECK_FALSE(fixed.ok);
    CHECK(fixed.why.starts_with("the file system is read-only: "));
    CHECK(umount(disk.c_str()) == 0);
  }
}
