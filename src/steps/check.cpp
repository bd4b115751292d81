#include "steps/check.hpp"

#include <fmt/core.h>

#include "steps/look.hpp"
#include "util/shell.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;

namespace {

/// A text or a list of texts.
std::vector<std::string> texts(core::Params& params, const std::string& key) {
  const auto* node = params.node(key);
  if (!node) return {};
  if (std::holds_alternative<core::Node::List>(node->value)) return params.texts(key);
  return {params.text(key)};
}

std::string quoted(const std::vector<std::string>& texts) {
  std::vector<std::string> out;
  for (const auto& text : texts) out.push_back(fmt::format("`{}`", text));
  return util::join(out, ", ");
}

}  // namespace

UserCheck UserCheck::from(core::Params& params) {
  UserCheck out;
  if (params.has("command") == params.has("shell"))
    params.fail("command", "expected either command (a list of words) or shell (a text for sh)");
  if (params.has("shell")) {
    out.words_ = params.text("shell");
    out.command_.argv = {"sh", "-c", out.words_};
  } else {
    out.command_.argv = params.texts("command");
    if (out.command_.argv.empty() || out.command_.argv.front().empty())
      params.fail("command", "expected a program and its arguments, such as [ufw, status]");
    out.words_ = util::shell_command(out.command_.argv);
  }
  out.command_.sudo = params.flag("sudo", false);
  out.user_ = out.command_.sudo ? "root" : params.host().user;
  const auto timeout = params.duration("timeout", std::chrono::seconds(10));
  if (timeout < std::chrono::seconds(1) || timeout > std::chrono::minutes(5))
    params.fail("timeout", "expected from 1s to 5m");
  out.command_.timeout_s = static_cast<int>(timeout.count() / 1000);
  const auto exit = params.integer("expect_exit", 0);
  if (exit < 0 || exit > 255) params.fail("expect_exit", "expected an exit code from 0 to 255");
  out.expect_exit_ = static_cast<int>(exit);
  out.expect_text_ = texts(params, "expect_text");
  out.absent_text_ = texts(params, "absent_text");
  out.wait_ = params.flag("wait", false);
  params.done();
  return out;
}

std::string UserCheck::title() const {
  return fmt::format("{} (runs a command of yours as {})", shown(words_), user_.empty() ? "the login user" : user_);
}

std::vector<core::Probe> UserCheck::probes(const Facts&) const {
  return {command_};
}

std::string UserCheck::expected() const {
  auto out = fmt::format("exit {}", expect_exit_);
  if (!expect_text_.empty()) out += ", text " + quoted(expect_text_);
  if (!absent_text_.empty()) out += ", no text " + quoted(absent_text_);
  return out;
}

/// What the answer lacks, for people; empty: nothing.
std::string UserCheck::shortcoming(const core::Record& answer) const {
  const auto code = core::text_of(answer, "exit");
  const auto output = core::text_of(answer, "stdout");
  std::string said = shown(core::text_of(answer, "stderr"));
  if (said.empty()) said = shown(output);
  if (code != std::to_string(expect_exit_))
    return fmt::format("exit {}{}", code, said.empty() ? "" : ", `" + said + "`");
  for (const auto& text : expect_text_)
    if (output.find(text) == std::string::npos)
      return fmt::format("no `{}` in {}", text, output.empty() ? "its empty output" : "`" + shown(output) + "`");
  for (const auto& text : absent_text_)
    if (output.find(text) != std::string::npos) return fmt::format("`{}` in its output", text);
  return {};
}

core::Change UserCheck::plan(const Facts& known) const {
  Draft draft(kind, known);
  const auto* answer = known.find(command_);
  const auto* failed = answer ? std::get_if<core::Failed>(answer) : nullptr;
  // That it could not be run is the command's answer.
  const auto needs = failed ? std::vector<Need>{} : std::vector<Need>{command_};
  draft.check(
      needs, shown(words_),
      [&](const Facts& facts) {
        if (failed) return Finding{false, expected(), shown(failed->why), ""};
        const auto* record = facts.record(command_);
        const auto lacks = record ? shortcoming(*record) : "no answer";
        return Finding{lacks.empty(), expected(), lacks.empty() ? expected() : lacks, ""};
      },
      [&](const Facts&) {
        if (wait_) return Cure{core::Wait{}, {}, {}};
        return never("gpuctl only looks here: what the command checks is yours to put right");
      });
  return draft.take();
}

}  // namespace gpuctl::steps
