#include <doctest/doctest.h>

#include "support/golden.hpp"
#include "unit/view/reports.hpp"
#include "view/annotations.hpp"
#include "view/error.hpp"
#include "view/facts.hpp"
#include "view/json.hpp"
#include "view/junit.hpp"

using namespace gpuctl;

TEST_CASE("JSON") {
  CHECK(golden::same("view/plan.json", view::json(samples::plan())));
  CHECK(golden::same("view/provision.json", view::json(samples::provision())));
}

TEST_CASE("JUnit") {
  CHECK(golden::same("view/verify.xml", view::junit(samples::verify())));
  CHECK(golden::same("view/provision.xml", view::junit(samples::provision())));
}

TEST_CASE("annotations stand at the step in the playbook") {
  CHECK(golden::same("view/verify.github", view::annotations(samples::verify())));
  CHECK(golden::same("view/provision.github", view::annotations(samples::provision())));
  const core::Error error(core::ErrorKind::invalid, "unknown key: 50%\nof it", {"a,b.yaml", 3, 7});
  CHECK(view::annotation(error) == "::error file=a%2Cb.yaml,line=3,col=7,title=gpuctl::unknown key: 50%25%0Aof it\n");
}

TEST_CASE("errors") {
  core::Error error(core::ErrorKind::invalid, "unknown key `serivce`", {"site.yaml", 3, 7}, "did you mean `service`?");
  error.add_trace("while reading the steps");
  CHECK(golden::same("view/error.txt", view::error_text(error, {})));
}

TEST_CASE("facts") {
  core::HostResult host;
  host.host.name = "k3s-gpu-worker";
  host.observed.set(core::Platform{}, core::Record{{"name", "Ubuntu"}, {"version", "22.04"}, {"systemd", "yes"}});
  host.observed.set(core::FileText{"/etc/x"}, core::Text{"one\ttab\n\x1b[2J\n"});
  host.observed.set(core::FileText{"/etc/none"}, core::Absent{});
  host.observed.set(core::Unit{"a.service"}, core::Record{{"since", core::Time{1'763'716'442'000'000}}});
  host.observed.set(core::Command{{"nvidia-smi"}}, core::Failed{"it did not end within 10 s"});
  CHECK(golden::same("view/facts.txt", view::facts_text(host, {})));
  CHECK(golden::same("view/facts.json", view::facts_json(host)));
}
