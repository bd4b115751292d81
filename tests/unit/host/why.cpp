#include <doctest/doctest.h>

#include "host/act.hpp"

using namespace gpuctl;

namespace {

struct Case {
  core::Action action;
  int exit;
  std::string output;
  std::string why;
};

const core::Action install = core::InstallPackages{{{"x", "1"}}};
const core::Action refresh = core::RefreshIndex{"/etc/apt/sources.list.d/x.list", "https://x", "/"};

const std::vector<Case> cases{
    {install, 75, "E: Could not get lock\nlock held by apt-get (pid 812)\n",
     "the package lock is held by apt-get (pid 812)"},
    {install, 75, "", "the package lock is held by another program"},
    {install, 100, "E: Version '1' for 'x' was not found\n",
     "apt's index does not offer that version: E: Version '1' for 'x' was not found"},
    {install, 100, "E: Unable to locate package x\n",
     "apt's index does not know the package: E: Unable to locate package x"},
    {install, 100, "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem.\n",
     "an earlier dpkg run was interrupted: E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to "
     "correct the problem."},
    {install, 100, "dpkg: error: x\n cannot write: No space left on device\nE: Sub-process failed\n",
     "the disk is full: cannot write: No space left on device"},
    {refresh, 100, "Err:1 https://x  InRelease\n  NO_PUBKEY DDCAE044F796ECB0\n",
     "the repository is signed by a key that the keyring does not hold: NO_PUBKEY DDCAE044F796ECB0"},
    {refresh, 100, "E: Conflicting values set for option Signed-By regarding source https://x/ /: a != b\n",
     "two lists name the same repository with different keys: E: Conflicting values set for option Signed-By regarding "
     "source https://x/ /: a != b"},
    {refresh, 100, "Err:1 http://x ./ InRelease\n  Could not connect to x:80 (1.2.3.4). - connect (111)\n",
     "the repository cannot be reached: Could not connect to x:80 (1.2.3.4). - connect (111)"},
    {refresh, 100, "", "apt-get update ended with exit code 100"},
    {core::RestartUnit{"a.service"}, 1, "Job for a.service failed.\n",
     "systemctl restart a.service ended with exit code 1: Job for a.service failed."},
    {core::Run{{"/usr/bin/x"}, "", 7}, 124, "", "/usr/bin/x did not end within 7 s"},
    {core::Run{{"/usr/bin/x"}, "", 7}, 1, "a {} brace\n\n", "/usr/bin/x ended with exit code 1: a {} brace"},
};

}  // namespace

TEST_CASE("why an action failed, in one sentence") {
  for (const auto& [action, exit, output, why] : cases) CHECK(host::why_failed(action, exit, output).why == why);
}
