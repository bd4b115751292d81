#include "util/strings.hpp"

#include <doctest/doctest.h>

#include "util/digest.hpp"
#include "util/journal.hpp"
#include "util/shell.hpp"

using namespace gpuctl::util;

TEST_CASE("nearest finds a slip of the finger and nothing far away") {
  const std::vector<std::string> names{"apt_repository", "apt_packages", "service", "driver"};
  CHECK(nearest("apt_repositry", names) == "apt_repository");
  CHECK(nearest("sevrice", names) == "service");
  CHECK(nearest("namespace", names) == "");
}

TEST_CASE("lines and words") {
  CHECK(lines("a\r\nb\n") == std::vector<std::string>{"a", "b"});
  CHECK(lines("").empty());
  CHECK(words("  a\t b\n") == std::vector<std::string>{"a", "b"});
}

TEST_CASE("parts of DNS names") {
  for (const char* label : {"a", "0", "a-b", "a--b", "x1"}) CHECK(is_dns_label(label));
  for (const char* label : {"", "-", "a-", "-a", "A", "a.b", "a_b", "\xc3\xa4"}) CHECK_FALSE(is_dns_label(label));
  CHECK(is_dns_subdomain("a.b-c.0"));
  for (const char* name : {"", ".", "a.", ".a", "a..b", "a.-b"}) CHECK_FALSE(is_dns_subdomain(name));
}

TEST_CASE("the last words of a unit are not those of systemd about its pods") {
  std::string journal = "k3s-agent.service: Main process exited, code=exited, status=1/FAILURE\n";
  for (int pod = 0; pod < 100; ++pod)
    journal += "k3s-agent.service: Unit process 7 (containerd-shim) remains running after unit stopped.\n";
  journal += "k3s-agent.service: Found left-over process 7 (pause) in control group while starting unit. Ignoring.\n";
  journal += "This usually indicates unclean termination of a previous run, or service implementation deficiencies.\n";
  journal += "k3s-agent.service: Consumed 2.373s CPU time.\n";
  journal += "Starting: Consumed nothing yet\n";
  journal += "Starting k3s agent\n";
  CHECK(last_lines(journal, 10) ==
        "k3s-agent.service: Main process exited, code=exited, status=1/FAILURE\nStarting: Consumed nothing yet\n"
        "Starting k3s agent\n");
  CHECK(last_lines(journal, 1) == "Starting k3s agent\n");
  CHECK(last_lines("", 10) == "");
}

TEST_CASE("a shell word stands for exactly its text") {
  CHECK(shell_quote("k3s-agent.service") == "k3s-agent.service");
  CHECK(shell_quote("") == "''");
  CHECK(shell_quote("it's $HOME") == "'it'\\''s $HOME'");
  CHECK_THROWS(shell_quote(std::string_view("a\0b", 3)));
}

TEST_CASE("digests") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha1_hex_upper("abc") == "A9993E364706816ABA3E25717850C26C9CD0D89D");
  CHECK(random_hex(16).size() == 32);
}
