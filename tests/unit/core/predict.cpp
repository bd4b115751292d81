#include "core/predict.hpp"

#include <doctest/doctest.h>

using namespace gpuctl::core;

namespace {

Facts at(std::int64_t us) {
  Facts facts;
  facts.set(Clock{}, Record{{"now", Time{us}}});
  return facts;
}

const Field& field(const Facts& facts, const Probe& probe, const std::string& key) {
  const auto* found = facts.field(probe, key);
  REQUIRE(found);
  return *found;
}

}  // namespace

TEST_CASE("a written file shows wherever it was looked at") {
  auto facts = at(100);
  facts.set(Stat{"/etc/a/x.list"}, Absent{});
  facts.set(FileText{"/etc/a/x.list"}, Absent{});
  facts.set(Files{"/etc/a/*.list"}, Record{{"/etc/a/b.list", "b"}});
  facts.set(Stats{"/etc/a/*"}, Record{});
  facts.set(Files{"/etc/*"}, Record{});
  predict(WriteFile{"/etc/a/x.list", "deb"}, facts);
  CHECK(*facts.text(FileText{"/etc/a/x.list"}) == "deb");
  CHECK(field(facts, Stat{"/etc/a/x.list"}, "mode") == Field{"0644"});
  CHECK(field(facts, Stat{"/etc/a/x.list"}, "ctime") == Field{Time{101, true}});
  CHECK(field(facts, Files{"/etc/a/*.list"}, "/etc/a/x.list") == Field{"deb"});
  CHECK(field(facts, Files{"/etc/a/*.list"}, "/etc/a/b.list") == Field{"b"});
  CHECK(field(facts, Stats{"/etc/a/*"}, "/etc/a/x.list") == Field{Time{101, true}});
  CHECK(facts.record(Files{"/etc/*"})->empty());
}

TEST_CASE("what was not asked is not foretold") {
  auto facts = at(100);
  predict(WriteFile{"/x", ""}, facts);
  predict(RestartUnit{"x.service"}, facts);
  CHECK(facts.all().size() == 1);
}

TEST_CASE("a replaced file keeps its owner and mode") {
  auto facts = at(100);
  facts.set(Stat{"/x"}, Record{{"type", "file"}, {"mode", "0600"}, {"owner", "admin"}, {"ctime", Time{5}}});
  predict(WriteFile{"/x", "new"}, facts);
  CHECK(field(facts, Stat{"/x"}, "mode") == Field{"0600"});
  CHECK(field(facts, Stat{"/x"}, "owner") == Field{"admin"});
}

TEST_CASE("a glob's star does not match a leading dot") {
  auto facts = at(1);
  facts.set(Stats{"/etc/a/*"}, Record{});
  predict(WriteFile{"/etc/a/.hidden", ""}, facts);
  CHECK(facts.record(Stats{"/etc/a/*"})->empty());
}

TEST_CASE("a removed file is gone from everything") {
  auto facts = at(100);
  facts.set(Files{"/etc/a/*.list"}, Record{{"/etc/a/b.list", "b"}, {"/etc/a/c.list", "c"}});
  facts.set(Keyring{"/etc/a/b.list"}, Record{{"form", "binary"}});
  facts.set(Stat{"/etc/a/b.list"}, Record{{"type", "file"}});
  predict(RemoveFile{"/etc/a/b.list"}, facts);
  CHECK(facts.record(Files{"/etc/a/*.list"})->size() == 1);
  CHECK(equal(*facts.find(Stat{"/etc/a/b.list"}), Absent{}));
  CHECK(equal(*facts.find(Keyring{"/etc/a/b.list"}), Absent{}));
}

TEST_CASE("restart after write orders itself") {
  auto facts = at(100);
  facts.set(Unit{"x.service"}, Record{{"load", "loaded"}, {"since", Time{50}}, {"needs_reload", "yes"}});
  facts.set(Stat{"/x"}, Absent{});
  predict(WriteFile{"/x", ""}, facts);
  predict(RestartUnit{"x.service"}, facts);
  CHECK(std::get<Time>(field(facts, Unit{"x.service"}, "since")).us >
        std::get<Time>(field(facts, Stat{"/x"}, "ctime")).us);
  CHECK(field(facts, Unit{"x.service"}, "needs_reload") == Field{"no"});
  CHECK(field(facts, Unit{"x.service"}, "load") == Field{"loaded"});
}

TEST_CASE("packages, holds, an interrupted dpkg") {
  auto facts = at(1);
  facts.set(Package{"a"}, Absent{});
  facts.set(Package{"b"}, Record{{"version", "1"}, {"want", "install"}, {"status", "half-configured"}});
  facts.set(Stats{"/var/lib/dpkg/updates/[0-9]*"}, Record{{"/var/lib/dpkg/updates/0001", Time{1}}});
  predict(ConfigurePackages{}, facts);
  CHECK(facts.record(Stats{"/var/lib/dpkg/updates/[0-9]*"})->empty());
  CHECK(field(facts, Package{"b"}, "status") == Field{"installed"});
  predict(InstallPackages{{{"a", "2"}}, true}, facts);
  CHECK(field(facts, Package{"a"}, "version") == Field{"2"});
  CHECK(field(facts, Package{"a"}, "want") == Field{"hold"});
  predict(HoldPackages{{"a"}, false}, facts);
  CHECK(field(facts, Package{"a"}, "want") == Field{"install"});
}

TEST_CASE("what a refreshed index offers is not known, and a command's answer after a change neither") {
  auto facts = at(1);
  facts.set(Available{"a"}, Absent{});
  facts.set(AptIndex{"http://u", "/"}, Absent{});
  facts.set(Command{{"nvidia-ctk", "--version"}}, Failed{"not found"});
  Change change;
  change.gaps.push_back({{}, Mend{RefreshIndex{"/l", "http://u", "/"}, {}}});
  replay(change, facts, "apt_repository");
  CHECK(equal(*facts.find(Available{"a"}), Unknown{"apt_repository"}));
  CHECK(equal(*facts.find(Command{{"nvidia-ctk", "--version"}}), Unknown{"apt_repository"}));
  CHECK(field(facts, AptIndex{"http://u", "/"}, "refreshed") == Field{Time{2, true}});
}

TEST_CASE("a written configuration leaves its handlers unknown, an imported one too") {
  auto facts = at(1);
  facts.set(Handlers{"/etc/containerd/config.toml"}, Record{{"imports", "/etc/containerd/conf.d/*.toml"}});
  predict(WriteFile{"/etc/containerd/conf.d/99-nvidia.toml", ""}, facts);
  CHECK(equal(*facts.find(Handlers{"/etc/containerd/config.toml"}), Unknown{}));
}

TEST_CASE("the promises of a Mend are what it adds to its action") {
  auto facts = at(10);
  facts.set(Stat{"/usr/bin/nvidia-ctk"}, Absent{});
  const auto cure = mend(InstallPackages{{{"a", "1"}}}, facts, [](Facts& after) {
    set_fields(after, Stat{"/usr/bin/nvidia-ctk"}, {{"type", "file"}, {"ctime", now(after)}});
  });
  REQUIRE(cure.promises.all().size() == 1);
  CHECK(field(cure.promises, Stat{"/usr/bin/nvidia-ctk"}, "ctime") == Field{Time{11, true}});
}
