#include "steps/waive.hpp"

#include <fmt/core.h>

namespace gpuctl::steps {

namespace {

std::string words(core::Params& params, const std::string& key, std::string text, const char* expected) {
  if (text.find_first_not_of(" \t\n") == std::string::npos) params.fail(key, expected);
  return text;
}

}  // namespace

Waive Waive::from(core::Params& params) {
  Waive out;
  auto& w = out.waiver_;
  w.check = words(params, "check", params.text("check"), "expected the name of a step or of one of its checks");
  w.match = words(params, "match", params.text("match"),
                  "expected a text that the failure must hold: a waiver for every failure would hide the next one");
  w.while_ = words(params, "while", params.text("while"), "expected the name of the step that must pass");
  w.reason = words(params, "reason", params.text("reason"), "expected why the failure does no harm");
  if (w.while_ == w.check) params.fail("while", "expected another step than the one whose failure is waived");
  params.done();
  return out;
}

std::string Waive::title() const {
  return fmt::format("{} while {} passes", waiver_.check, waiver_.while_);
}

}  // namespace gpuctl::steps
