#include <pwd.h>

#include "core/error.hpp"
#include "machine.hpp"

using namespace gpuctl;
using host_test::Folder;

namespace {

/// A folder first in PATH with a program called sudo, and a login user that is not root.
struct Account {
  explicit Account(const std::string& sudo) {
    folder.write("bin/sudo", "#!/bin/sh\nset -f\necho \"$*\" >>" + log() + "\n" + sudo);
    for (const auto* path : {"bin/sudo", "bin", ""}) chmod((folder / path).c_str(), 0755);
    folder.write("log", "");
    chmod(log().c_str(), 0666);
  }
  std::string log() const { return folder / "log"; }

  host::Connector connector(const host_test::Sh& sh) const {
    std::vector<std::string> argv{"env", "PATH=" + folder / "bin" + ":/usr/bin:/bin"};
    if (getuid() == 0) {
      for (const auto* word : {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"}) argv.push_back(word);
    }
    argv.insert(argv.end(), sh.argv.begin(), sh.argv.end());
    return host::local_connector(argv);
  }

  Folder folder;
};

// As sudo does: -n never reads; -S takes one line; then the command.
const std::string asks = R"(
if [ "$1" = -n ]; then echo 'sudo: a password is required' >&2; exit 1; fi
shift 4
IFS= read -r p
while [ "$p" != 'pass word' ]; do echo 'Sorry, try again.' >&2; IFS= read -r p || exit 1; done
exec "$@"
)";
const std::string does_not_ask = "if [ \"$1\" = -n ]; then shift 2; else shift 4; fi\nexec \"$@\"\n";

host::NodeOptions options(const host_test::Sh& sh, const std::string& password) {
  auto out = host_test::options(sh);
  out.become_root = true;
  out.silence = std::chrono::seconds(20);
  out.sudo_password = [password] { return core::Secret(password); };
  return out;
}

std::string refusal(const Account& account, const host_test::Sh& sh, const std::string& password) {
  host::Node node(account.connector(sh), options(sh, password));
  try {
    node.gather(std::vector<core::Probe>{core::Clock{}});
  } catch (const core::Error& error) {
    CHECK(error.kind() == core::ErrorKind::unreachable);
    return error.message();
  }
  return "(none)";
}

}  // namespace

TEST_CASE("sudo that asks gets the password, once, and nowhere else") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    Account account(asks);
    int asked = 0;
    auto given = options(sh, "");
    given.sudo_password = [&] { return ++asked, core::Secret("pass word"); };
    host::Node node(account.connector(sh), given);
    const core::Command environment{{"sh", "-c", "env; cat /proc/[0-9]*/cmdline"}};
    const auto facts = node.gather(std::vector<core::Probe>{core::Clock{}, environment});
    CHECK(core::now(facts).us > 0);
    node.gather(std::vector<core::Probe>{core::Clock{}});
    CHECK(asked == 1);
    const auto* record = facts.record(environment);
    REQUIRE(record);
    CHECK(core::text_of(*record, "stdout").find("pass word") == std::string::npos);
    CHECK(Folder::read(account.log()).find("pass word") == std::string::npos);
  }
}

TEST_CASE("sudo that does not ask: nobody is asked for a password") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    Account account(does_not_ask);
    auto given = options(sh, "");
    given.sudo_password = []() -> core::Secret { throw std::logic_error("asked for a password"); };
    host::Node node(account.connector(sh), given);
    const core::Command user{{"printenv", "GPUCTL_USER"}};
    const auto facts = node.gather(std::vector<core::Probe>{user});
    CHECK(core::text_of(*facts.record(user), "stdout") ==
          (getuid() == 0 ? "nobody\n" : std::string(getpwuid(getuid())->pw_name) + "\n"));
  }
}

TEST_CASE("sudo that asked a moment ago and does not any more: the password is dropped") {
  Account account("if [ \"$1\" = -n ]; then exit 1; fi\nshift 4\nexec \"$@\"\n");
  const auto sh = host_test::shells().front();
  host::Node node(account.connector(sh), options(sh, "touch " + account.folder / "leak"));
  CHECK(core::now(node.gather(std::vector<core::Probe>{core::Clock{}})).us > 0);
  CHECK_FALSE(std::filesystem::exists(account.folder / "leak"));
}

TEST_CASE("what sudo says is told as it is") {
  const auto sh = host_test::shells().front();
  CHECK(refusal(Account(asks), sh, "wrong") == "sudo did not accept the password");
  CHECK(refusal(Account(asks), sh, "") == "sudo wants a password, and there is none");
  CHECK(refusal(Account("echo 'x is not in the sudoers file.' >&2; exit 1"), sh, "p") ==
        "the login user may not use sudo");
  CHECK(refusal(Account("echo 'sudo: sorry, you must have a tty to run sudo' >&2; exit 1"), sh, "p") ==
        "sudo wants a terminal (requiretty)");
  CHECK(refusal(Account("exit 3"), sh, "p") == "the login shell ended at once");
}

TEST_CASE("a banner and a login shell that talks answer nothing") {
  const auto sh = host_test::shells().front();
  host::Node node(
      [&](const std::string& command) {
        return host::local_link({"/bin/sh"}, "echo 'Welcome!'; echo; printf 'x 1 0 last \\n'; " + command);
      },
      host_test::options(sh));
  CHECK(core::now(node.gather(std::vector<core::Probe>{core::Clock{}})).us > 0);
}
