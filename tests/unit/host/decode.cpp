#include "host/decode.hpp"

#include <doctest/doctest.h>

using namespace gpuctl;

namespace {

std::int64_t us(const core::Field& field) {
  const auto* time = std::get_if<core::Time>(&field);
  return time ? time->us : -1;
}

}  // namespace

TEST_CASE("seconds") {
  CHECK(us(host::decode_seconds("1763716442.123456789")) == 1763716442123456);
  CHECK(us(host::decode_seconds("1763716442.5")) == 1763716442500000);
  CHECK(us(host::decode_seconds("1763716442")) == 1763716442000000);
  CHECK(us(host::decode_seconds("1763716442.N")) == 1763716442000000);
  CHECK(us(host::decode_seconds("1763716442.%N")) == 1763716442000000);
  for (const auto* wrong : {"", "-1", "x", "1e3", "99999999999999999999"})
    CHECK(std::holds_alternative<core::Absent>(host::decode_seconds(wrong)));
}

TEST_CASE("timestamps of systemctl") {
  CHECK(us(host::decode_timestamp("Fri 2025-11-21 09:14:02.123456 UTC")) == 1763716442123456);
  CHECK(us(host::decode_timestamp("Fri 2025-11-21 09:14:02 UTC")) == 1763716442000000);
  CHECK(us(host::decode_timestamp("Thu 2024-02-29 00:00:00 UTC")) == 1709164800000000);
  for (const auto* wrong : {"", "n/a", "Fri 2025-11-21", "Fri 2025-1x-21 09:14:02 UTC"})
    CHECK(std::holds_alternative<core::Absent>(host::decode_timestamp(wrong)));
}

TEST_CASE("attributes: GNU's stat and busybox's") {
  host::StatLine line;
  REQUIRE(host::decode_stat_line(
      "regular empty file|640|root|adm|0|1763716442|2025-11-21 09:14:02.000123456 +0000|/a|b c", line));
  CHECK(line.path == "/a|b c");
  CHECK(core::text_of(line.record, "type") == "file");
  CHECK(core::text_of(line.record, "mode") == "0640");
  CHECK(us(line.record["ctime"]) == 1763716442000123);
  REQUIRE(host::decode_stat_line("directory|4755|0|0|1|1763716442|2025-11-21 09:14:02|/d", line));
  CHECK(us(line.record["ctime"]) == 1763716442000000);
  CHECK(core::text_of(line.record, "mode") == "4755");
  CHECK_FALSE(host::decode_stat_line("directory|755|0|0|1|x|y|/d", line));
  CHECK_FALSE(host::decode_stat_line("", line));
}

TEST_CASE("units: properties in any order, by each of a unit's names") {
  const auto units = host::decode_units(
      "Names=k3s-agent.service agent.service\nNeedDaemonReload=no\nActiveState=active\n"
      "ActiveEnterTimestamp=Fri 2025-11-21 09:14:02.000001 UTC\nLoadState=loaded\nId=k3s-agent.service\n"
      "KillMode=process\nResult=success\nFragmentPath=/etc/systemd/system/k3s-agent.service\nSubState=running\n\n"
      "LoadState=not-found\nId=none.service\nNames=none.service\nActiveEnterTimestamp=\n");
  CHECK(units.size() == 3);
  CHECK(core::text_of(units.at("agent.service"), "active") == "active");
  CHECK(core::text_of(units.at("k3s-agent.service"), "kill_mode") == "process");
  CHECK(us(units.at("k3s-agent.service").at("since")) == 1763716442000001);
  CHECK(core::text_of(units.at("none.service"), "load") == "not-found");
  CHECK(std::holds_alternative<core::Absent>(units.at("none.service").at("since")));
}

TEST_CASE("units: begun at the later of the two times before the main process ran") {
  const std::string asked = "ConditionTimestamp=Fri 2025-11-21 09:14:02 UTC\n";
  const std::string died = "InactiveEnterTimestamp=Fri 2025-11-21 09:14:07 UTC\n";
  const auto begun = [](const std::string& bytes) {
    return us(host::decode_units("Id=a.service\n" + bytes).at("a.service").at("begun"));
  };
  CHECK(begun(asked) == 1763716442000000);
  CHECK(begun(asked + died) == 1763716447000000);
  CHECK(begun(died + asked) == 1763716447000000);
  CHECK(begun(asked + "InactiveEnterTimestamp=\n") == 1763716442000000);
  CHECK_FALSE(host::decode_units("Id=a.service\nConditionTimestamp=\n").at("a.service").contains("begun"));
}

TEST_CASE("packages: held, removed, only mentioned, of two architectures") {
  const auto found = host::decode_packages(
      "a\t1.18.1-1\thold\tinstalled\nb\t1\tdeinstall\tconfig-files\nc\t\tunknown\tnot-installed\n"
      "d\t2\tinstall\tinstalled\nd\t1\tdeinstall\tconfig-files\n");
  CHECK(core::text_of(found.at("a"), "want") == "hold");
  CHECK(core::text_of(found.at("b"), "status") == "config-files");
  CHECK_FALSE(found.contains("c"));
  CHECK(core::text_of(found.at("d"), "version") == "2");
}

TEST_CASE("versions on offer, each once, in apt's order") {
  const auto found = host::decode_madison(
      " nvidia-container-toolkit |   1.18.1-1 | https://x  Packages\n"
      " nvidia-container-toolkit |   1.18.1-1 | https://y  Packages\n"
      " nvidia-container-toolkit |   1.18.0-1 | https://x  Packages\n");
  CHECK(found.at("nvidia-container-toolkit") == std::vector<std::string>{"1.18.1-1", "1.18.0-1"});
}

TEST_CASE("apt's name for an index") {
  CHECK(host::apt_list_name("https://nvidia.github.io/libnvidia-container/stable/deb/amd64", "/", "InRelease") ==
        "nvidia.github.io_libnvidia-container_stable_deb_amd64_InRelease");
  CHECK(host::apt_list_name("http://user:word@deb.example.org:8080/debian/", "bookworm", "Release") ==
        "deb.example.org:8080_debian_dists_bookworm_Release");
  CHECK(host::apt_list_name("http://x/a_b", "./", "Release") == "x_a%5fb_._Release");
}

TEST_CASE("platform") {
  const auto answer = host::decode_platform(
      "os PRETTY_NAME=\"Ubuntu 22.04.5 LTS\"\nos VERSION_ID=\"22.04\"\nos ID=ubuntu\nos VERSION_CODENAME=jammy\n"
      "kernel 5.15.0-1\nmachine x86_64\narch \nhostname n1\nuser admin\nboot abc\nsystemd yes\napt no\n");
  const auto& record = std::get<core::Record>(answer);
  CHECK(core::text_of(record, "name") == "Ubuntu 22.04.5 LTS");
  CHECK(core::text_of(record, "version") == "22.04");
  CHECK(core::text_of(record, "arch") == "amd64");
  CHECK(core::text_of(record, "apt") == "no");
  CHECK(std::holds_alternative<core::Failed>(host::decode_platform("sh: nothing works\n")));
}

TEST_CASE("commands: a time-out is told from a code of one's own by the clock") {
  using host::Frame;
  const std::vector<Frame> late{{1, 0, false, "stdout", ""}, {1, 124, true, "10", ""}};
  CHECK(core::describe(host::decode_command(late, 10)) == "not known: it did not end within 10 s");
  const std::vector<Frame> own{{1, 0, false, "stdout", "x"}, {1, 124, true, "0", ""}};
  CHECK(core::text_of(std::get<core::Record>(host::decode_command(own, 10)), "exit") == "124");
  CHECK(std::holds_alternative<core::Failed>(host::decode_command({}, 10)));
}
