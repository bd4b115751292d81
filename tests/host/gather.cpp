#include "core/error.hpp"
#include "host/question.hpp"
#include "machine.hpp"

using namespace gpuctl;
using host_test::Folder;

namespace {

core::Facts ask(const host_test::Sh& sh, const std::vector<core::Probe>& probes) {
  host::Node node(host::local_connector(sh.argv), host_test::options(sh));
  return node.gather(probes);
}

std::string field(const core::Facts& facts, const core::Probe& probe, const std::string& key) {
  const auto* record = facts.record(probe);
  return record ? core::text_of(*record, key) : "(" + core::describe(*facts.find(probe)) + ")";
}

}  // namespace

TEST_CASE("files: text, absent, folder, too large, binary, no newline at the end") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    Folder folder;
    const std::string binary("a\0b\n\xff\n\n", 7);
    const core::FileText plain{folder.write("plain", "one\ntwo")};
    const core::FileText bytes{folder.write("bytes", binary)};
    const core::FileText empty{folder.write("empty", "")};
    const core::FileText odd{folder.write("it's a \"$HOME\" `x`\\", "odd")};
    const core::FileText absent{folder / "none/at/all"};
    const core::FileText directory{folder.path()};
    const core::FileText exact{folder.write("exact", std::string(65536, 'x'))};
    const core::FileText large{folder.write("large", std::string(10'000'000, 'x'))};
    const auto facts = ask(sh, {plain, bytes, empty, odd, absent, directory, exact, large});
    CHECK(*facts.text(plain) == "one\ntwo");
    CHECK(*facts.text(bytes) == binary);
    CHECK(*facts.text(empty) == "");
    CHECK(*facts.text(odd) == "odd");
    CHECK(core::equal(*facts.find(absent), core::Absent{}));
    CHECK(core::describe(*facts.find(directory)) == "not known: it is not a regular file");
    CHECK(facts.text(exact)->size() == 65536);
    CHECK(core::describe(*facts.find(large)) == "not known: it is larger than 64 KiB");
  }
}

TEST_CASE("attributes: one stat for all, symlinks followed, globs as the shell reads them") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    Folder folder;
    const auto path = folder.write("d/a.list", "12345");
    folder.write("d/b.list", "");
    folder.write("d/c.sources", "");
    folder.write("d/new\nline.list", "");
    chmod(path.c_str(), 0640);
    std::filesystem::create_symlink(path, folder / "link");
    std::filesystem::create_symlink(folder / "nowhere", folder / "broken");
    const core::Stat link{folder / "link"}, broken{folder / "broken"}, directory{folder / "d"};
    const core::Stats lists{folder / "d/[ab]*.list"}, none{folder / "d/*.x"};
    const core::Files files{folder / "d/*.list"};
    const auto facts = ask(sh, {link, broken, directory, lists, none, files});
    CHECK(field(facts, link, "type") == "file");
    CHECK(field(facts, link, "mode") == "0640");
    CHECK(field(facts, link, "size") == "5");
    struct stat real{};
    stat(path.c_str(), &real);
    const auto& ctime = std::get<core::Time>(*facts.field(link, "ctime"));
    CHECK(ctime.us / 1'000'000 == real.st_ctim.tv_sec);
    CHECK(core::equal(*facts.find(broken), core::Absent{}));
    CHECK(field(facts, directory, "type") == "directory");
    CHECK(facts.record(lists)->size() == 2);
    CHECK(facts.record(none)->empty());
    CHECK(facts.record(files)->size() == 2);
    CHECK(field(facts, files, path) == "12345");
  }
}

TEST_CASE("a file asked for by its name and by a pattern is asked for once") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    Folder folder;
    const core::Files files{folder / "d/*.list"};
    const core::FileText found{folder.write("d/a b'c.list", "12345")}, absent{folder / "d/none.list"},
        elsewhere{folder.write("e/a.list", "e")}, directory{folder / "d/sub.list"},
        hidden{folder.write("d/.h.list", "h")};
    std::filesystem::create_directory(directory.path);
    const auto facts = ask(sh, {found, files, absent, elsewhere, directory, hidden});
    CHECK(core::equal(*facts.find(found), core::Text{"12345"}));
    CHECK(core::equal(*facts.find(absent), core::Absent{}));
    CHECK(core::equal(*facts.find(elsewhere), core::Text{"e"}));
    CHECK(core::describe(*facts.find(directory)) == "not known: it is not a regular file");
    CHECK(core::equal(*facts.find(hidden), core::Text{"h"}));
    CHECK(facts.record(files)->size() == 1);
    CHECK(field(facts, files, found.path) == "12345");
    const std::vector<core::Probe> both{found, files, absent};
    CHECK(host::questions(both).size() == 1);
  }
}

TEST_CASE("the system: clock, platform, packages, units") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    const core::Package dpkg{"dpkg"}, nobody{"no-such-package"}, wrong{"dp*"};
    const core::Unit unit{"no-such-unit.service"};
    const auto facts = ask(sh, {core::Clock{}, core::Platform{}, dpkg, nobody, wrong, unit});
    CHECK(std::llabs(core::now(facts).us / 1'000'000 - std::time(nullptr)) < 5);
    CHECK_FALSE(field(facts, core::Platform{}, "kernel").empty());
    CHECK_FALSE(field(facts, core::Platform{}, "id").empty());
    CHECK(field(facts, dpkg, "status") == "installed");
    CHECK(core::equal(*facts.find(nobody), core::Absent{}));
    CHECK(std::holds_alternative<core::Failed>(*facts.find(wrong)));
    CHECK(facts.asked(unit));
  }
}

TEST_CASE("commands: exit code, both outputs, arguments as they are") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    const core::Command both{{"sh", "-c", "printf 'out\\n\\n'; printf 'err' >&2; exit 7"}};
    const core::Command words{{"printf", "%s|", "it's", "", "a b", "$HOME", "*"}};
    const core::Command missing{{"no-such-program", "x"}};
    const core::Command input{{"cat"}};
    const core::Command large{{"sh", "-c", "yes | head -c 10000000"}};
    const core::Command slow{{"sleep", "30"}, true, 1};
    const auto facts = ask(sh, {slow, both, words, missing, input, large});
    CHECK(field(facts, both, "exit") == "7");
    CHECK(field(facts, both, "stdout") == "out\n\n");
    CHECK(field(facts, both, "stderr") == "err");
    CHECK(field(facts, words, "stdout") == "it's||a b|$HOME|*|");
    CHECK(core::describe(*facts.find(missing)) == "not known: no-such-program: not found");
    CHECK(field(facts, input, "stdout") == "");
    CHECK(core::describe(*facts.find(large)) == "not known: its output is larger than 64 KiB");
    CHECK(core::describe(*facts.find(slow)) == "not known: it did not end within 1 s");
  }
}
