#include "view/text.hpp"

#include <doctest/doctest.h>

#include "support/golden.hpp"
#include "unit/view/reports.hpp"

using namespace gpuctl;

TEST_CASE("reports for people") {
  const view::Style plain;
  CHECK(golden::same("view/plan.txt", view::text(samples::plan(), plain)));
  CHECK(golden::same("view/converged.txt", view::text(samples::converged(), plain)));
  CHECK(golden::same("view/verify.txt", view::text(samples::verify(), plain)));
  CHECK(golden::same("view/provision.txt", view::text(samples::provision(), plain)));
}

TEST_CASE("a narrow terminal, ASCII, and everything that holds") {
  view::Style style;
  style.utf8 = false;
  style.width = 72;
  style.verbose = true;
  CHECK(golden::same("view/plan-narrow-ascii.txt", view::text(samples::plan(), style)));
}

TEST_CASE("in colour") {
  view::Style style;
  style.colour = true;
  CHECK(golden::same("view/verify-colour.txt", view::text(samples::verify(), style)));
}

TEST_CASE("nothing of a node reaches the terminal raw") {
  auto report = samples::provision();
  report.hosts[0].summary = "\x1b]0;title\x07 and \xe2\x80\xae and \xff";
  report.hosts[0].steps[0].title = "a\rb\nc";
  const auto shown = view::text(report, {});
  CHECK(shown.find('\x1b') == std::string::npos);
  CHECK(shown.find('\x07') == std::string::npos);
  CHECK(shown.find('\r') == std::string::npos);
  CHECK(shown.find("\xe2\x80\xae") == std::string::npos);
  CHECK(shown.find('\xff') == std::string::npos);
  CHECK(shown.find("\\x1b]0;title\\x07 and \\u{202e} and \\xff") != std::string::npos);
}

TEST_CASE("durations") {
  CHECK(view::duration(std::chrono::milliseconds(640)) == "0.6 s");
  CHECK(view::duration(std::chrono::milliseconds(125'400)) == "2 min 5 s");
}
