#include "machine.hpp"
#include "spy.hpp"

using namespace gpuctl;
using host_test::Folder;

namespace {

core::Deadline after(std::chrono::milliseconds time) {
  return std::chrono::steady_clock::now() + time;
}

int count(const std::string& text, const std::string& what) {
  int out = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; ++at) ++out;
  return out;
}

}  // namespace

TEST_CASE("waiting ends as soon as an answer is another one, and asks no more over the link") {
  for (const auto& sh : host_test::shells()) {
    CAPTURE(sh.name);
    Folder folder;
    const core::FileText text{folder.write("file", "before")};
    const std::vector<core::Probe> probes{text, core::Clock{}, core::Stat{folder.path()}};
    std::string received;
    bool changed = false;
    host::Node node(host_test::spied(host::local_connector(sh.argv),
                                     [&](int, const std::string& all) {
                                       received = all;
                                       if (!changed && all.find(" beat\n") != std::string::npos) {
                                         folder.write("file", "after");
                                         changed = true;
                                       }
                                       return false;
                                     }),
                    host_test::options(sh));
    const auto last = node.gather(probes);
    const auto begin = std::chrono::steady_clock::now();
    const auto facts = node.wait(probes, last, after(std::chrono::seconds(60)));
    CHECK(*facts.text(text) == "after");
    CHECK(changed);
    CHECK(count(received, " -1 0 last") == 2);  // one chunk to ask, one to wait
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(30));
  }
}

TEST_CASE("waiting ends at the deadline with the answers then") {
  Folder folder;
  const auto sh = host_test::shells().front();
  host::Node node(host::local_connector(sh.argv), host_test::options(sh));
  const core::FileText text{folder.write("file", "same")};
  const std::vector<core::Probe> probes{text, core::Clock{}};
  const auto last = node.gather(probes);
  const auto facts = node.wait(probes, last, after(std::chrono::milliseconds(1500)));
  CHECK(*facts.text(text) == "same");
  CHECK(core::now(facts).us > core::now(last).us);
}

TEST_CASE("what had changed before the waiting began is told at once") {
  Folder folder;
  const auto sh = host_test::shells().front();
  host::Node node(host::local_connector(sh.argv), host_test::options(sh));
  const core::FileText text{folder.write("file", "one")};
  const auto last = node.gather(std::vector<core::Probe>{text});
  folder.write("file", "two");
  const std::vector<core::Probe> more{text, core::Platform{}};
  CHECK(*node.wait(more, last, after(std::chrono::seconds(60))).text(text) == "two");
}
