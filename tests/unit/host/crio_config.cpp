#include "host/crio_config.hpp"

#include <doctest/doctest.h>

using namespace gpuctl;

namespace {

const std::string folder = "/etc/crio/crio.conf.d/";
// As CRI-O's packages have it.
const std::string packaged = R"([crio.image]
signature_policy = "/etc/crio/policy.json"
[crio.runtime]
default_runtime = "crun"
[crio.runtime.runtimes.crun]
runtime_path = "/usr/libexec/crio/crun"
runtime_root = "/run/crun"
monitor_path = "/usr/libexec/crio/conmon"
[crio.runtime.runtimes.runc]
runtime_path = "/usr/libexec/crio/runc"
)";
// As nvidia-ctk 1.19.1 writes it.
const std::string nvidia = R"(
[crio]

  [crio.runtime]
    default_runtime = "nvidia"

    [crio.runtime.runtimes]

      [crio.runtime.runtimes.nvidia]
        monitor_path = "/usr/libexec/crio/conmon"
        runtime_path = "/usr/bin/nvidia-container-runtime"
        runtime_type = "oci"
)";

core::Record handlers(const std::map<std::string, std::string>& files) {
  const auto answer = host::crio_handlers(files);
  REQUIRE_MESSAGE(std::holds_alternative<core::Record>(answer), core::describe(answer));
  return std::get<core::Record>(answer);
}

std::string value_at(const core::Record& record, const std::string& key) {
  return record.contains(key) ? core::text_of(record, key) : "(none)";
}

}  // namespace

TEST_CASE("CRI-O: a drop-in adds its handler to the others") {
  const auto record = handlers({{folder + "10-crio.conf", packaged}, {folder + "99-nvidia.toml", nvidia}});
  CHECK(value_at(record, "handler.nvidia") == "/usr/bin/nvidia-container-runtime");
  CHECK(value_at(record, "handler.crun") == "/usr/libexec/crio/crun");
  CHECK(value_at(record, "type.crun") == "oci");
  CHECK(value_at(record, "default") == "nvidia");
  CHECK(value_at(record, "files") == folder + "10-crio.conf\n" + folder + "99-nvidia.toml");
}

TEST_CASE("CRI-O: a later file replaces a handler as a whole, and the root is the first") {
  const std::string other = "[crio.runtime.runtimes.nvidia]\nruntime_path = \"/opt/nvidia\"\nruntime_type = \"vm\"\n";
  CHECK(value_at(handlers({{host::crio_config, other}, {folder + "99-nvidia.toml", nvidia}}), "type.nvidia") == "oci");
  const std::string less = "[crio.runtime.runtimes.nvidia]\nmonitor_path = \"/m\"\n";
  const auto record = handlers({{folder + "99-nvidia.toml", nvidia}, {folder + "zz/less", less}});
  CHECK(value_at(record, "handler.nvidia").empty());
}

TEST_CASE("CRI-O: folders are read where their names stand among the files'") {
  const std::string first = "[crio.runtime]\ndefault_runtime = \"first\"\n";
  const std::string second = "[crio.runtime]\ndefault_runtime = \"second\"\n";
  CHECK(value_at(handlers({{folder + "a/z", first}, {folder + "a.conf", second}}), "default") == "second");
}

TEST_CASE("CRI-O: without files it has what is built in, which nobody has named") {
  const auto record = handlers({});
  CHECK(value_at(record, "default") == "(none)");
  CHECK(value_at(record, "files").empty());
  CHECK(value_at(record, "imports") == "/etc/crio/crio.conf.d/*");
}

TEST_CASE("CRI-O: what is no TOML is said with its place") {
  const auto answer = host::crio_handlers({{folder + "a", "[crio\n"}});
  CHECK(core::describe(answer).starts_with("not known: /etc/crio/crio.conf.d/a:1:"));
  CHECK(value_at(handlers({{folder + "a", "crio = 1\n"}}), "default") == "(none)");
}
