#include "host/containerd_config.hpp"

#include <doctest/doctest.h>

using namespace gpuctl;
using host::ContainerdFiles;

namespace {

const std::string nvidia_v2 = R"(version = 2
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.nvidia]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.nvidia.options]
BinaryName = "/usr/bin/nvidia-container-runtime"
SystemdCgroup = true
)";
const std::string nvidia_v3 = R"(version = 3
[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.nvidia]
runtime_type = "io.containerd.runc.v2"
)";
const std::string imports = "imports = [\"conf.d/*.toml\"]\n";
const std::string drop_in = "/etc/containerd/conf.d/99-nvidia.toml";

core::Record handlers(const std::string& root, const std::string& nvidia, const std::string& version) {
  const auto answer = host::effective_handlers(
      {"/etc/containerd/config.toml", {{"/etc/containerd/config.toml", root}, {drop_in, nvidia}}, {}, version});
  REQUIRE_MESSAGE(std::holds_alternative<core::Record>(answer), core::describe(answer));
  return std::get<core::Record>(answer);
}

std::string at(const core::Record& record, const std::string& key) {
  return record.contains(key) ? core::text_of(record, key) : "(none)";
}

}  // namespace

// The two merging rules were seen in what containerd 1.6.20 and 2.0.14 print with `config dump`.

TEST_CASE("containerd 1.6: a drop-in with a runtime takes the built-in runc away") {
  const auto record = handlers("version = 2\n" + imports, nvidia_v2, "1.6.20");
  CHECK(at(record, "handler.nvidia") == "/usr/bin/nvidia-container-runtime");
  CHECK(at(record, "type.nvidia") == "io.containerd.runc.v2");
  CHECK(at(record, "explicit.nvidia") == "yes");
  CHECK(at(record, "systemd_cgroup.nvidia") == "yes");
  CHECK(at(record, "handler.runc") == "(none)");
  CHECK(at(record, "default") == "runc");
  CHECK(at(record, "imports") == "/etc/containerd/conf.d/*.toml");
  CHECK(at(record, "merge") == "by key");
  CHECK(at(record, "files") == "/etc/containerd/config.toml\n" + drop_in);
}

TEST_CASE("containerd 1.6: the imported CRI section replaces the root's") {
  const auto record = handlers("version = 2\n" + imports + R"([plugins."io.containerd.grpc.v1.cri".containerd]
default_runtime_name = "crun"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.crun]
runtime_type = "io.containerd.runc.v2"
)",
                               nvidia_v2, "1.6.20");
  CHECK(at(record, "handler.crun") == "(none)");
  CHECK(at(record, "default") == "runc");
  CHECK(at(record, "shadowing") == drop_in);
}

TEST_CASE("containerd 1.6: a drop-in that repeats the root's section, as nvidia-ctk writes it, shadows nothing") {
  const std::string section = "[plugins.\"io.containerd.grpc.v1.cri\"]\nsandbox_image = \"x\"\nlist = [1, 2]\n";
  CHECK(at(handlers("version = 2\n" + imports + section, nvidia_v2 + section, "1.6.20"), "shadowing") == "(none)");
  CHECK(at(handlers("version = 2\n" + imports + section, nvidia_v2, "1.6.20"), "shadowing") == drop_in);
}

TEST_CASE("containerd 1.6: without any runtime named, runc is built in") {
  const auto record =
      handlers("version = 2\n[plugins.\"io.containerd.grpc.v1.cri\"]\nsandbox_image = \"x\"\n", nvidia_v2, "1.6.20");
  CHECK(at(record, "handler.nvidia") == "(none)");
  CHECK(at(record, "explicit.runc") == "no");
}

TEST_CASE("containerd 2.0: sections are merged and runc stays") {
  const auto record = handlers("# written by hand\nversion = 3\n" + imports +
                                   "[plugins.\"io.containerd.cri.v1.runtime\".containerd.runtimes.foo]\n",
                               nvidia_v3, "2.0.14");
  CHECK(at(record, "explicit.nvidia") == "yes");
  CHECK(at(record, "explicit.foo") == "yes");
  CHECK(at(record, "explicit.runc") == "no");
  CHECK(at(record, "merge") == "deep");
  CHECK(at(record, "header") == "written by hand");
  CHECK(at(record, "newer") == "(none)");
}

TEST_CASE("an import that is newer than the root is told") {
  CHECK(at(handlers("version = 2\n" + imports, nvidia_v3, "2.0.14"), "newer") == drop_in);
}

TEST_CASE("version 1: the plugin is called cri") {
  const auto record = handlers("[plugins.cri.containerd.runtimes.nvidia]\nruntime_type = \"x\"\n", "", "1.6.20");
  CHECK(at(record, "version") == "1");
  CHECK(at(record, "type.nvidia") == "x");
}

TEST_CASE("no root file, no TOML") {
  CHECK(core::equal(host::effective_handlers({"/none", {}, {}, {}}), core::Absent{}));
  CHECK(
      core::describe(host::effective_handlers({"/r", {{"/r", "a = [1,\nb"}}, {}, {}})).starts_with("not known: /r:2:"));
  CHECK(core::describe(host::effective_handlers({"/r", {{"/r", "[ =]"}}, {}, {}})).starts_with("not known: /r:1:"));
}

TEST_CASE("containerd's version") {
  CHECK(host::containerd_version("containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1+deb12u3\n") ==
        "1.6.20");
  CHECK(host::containerd_version("containerd github.com/k3s-io/containerd v2.0.5-k3s1 \n") == "2.0.5");
  CHECK(host::containerd_version("containerd github.com/containerd/containerd/v2 2.0.14+unknown \n") == "2.0.14");
  CHECK(host::containerd_version("sh: containerd: not found") == "");
}

TEST_CASE("a dry run of nvidia-ctk") {
  const auto both = host::split_dry_run(
      "time=\"2026-11-21T22:15:58Z\" level=info msg=\"Using config version 2\"\n"
      "time=\"2026-11-21T22:15:58Z\" level=info msg=\"Drop-in config:\"\nversion = 2\n\n"
      "time=\"2026-11-21T22:15:58Z\" level=info msg=\"Top-level config:\"\nimports = []\n");
  CHECK(both.has_drop_in);
  CHECK(both.drop_in == "version = 2\n\n");
  CHECK(both.root == "imports = []\n");
  CHECK_FALSE(host::split_dry_run("version = 1\n").has_drop_in);
}
