#include <fmt/core.h>
#include <poll.h>

#include "core/error.hpp"
#include "host/job.hpp"
#include "host/node_state.hpp"
#include "util/digest.hpp"
#include "util/shell.hpp"

namespace gpuctl::host {

namespace {

/// The end of a text, from the beginning of a line.
std::string tail(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  const auto line = text.find('\n', text.size() - most);
  return text.substr(line == std::string::npos ? text.size() - most : line + 1);
}

}  // namespace

/// Between two attempts to come back. There is nothing to wait for but the time.
void Node::State::pause(int attempt) const {
  const std::chrono::milliseconds time(std::min(200 << std::min(attempt, 6), 10'000));
  if (options.pause)
    options.pause(time);
  else
    ::poll(nullptr, 0, static_cast<int>(time.count()));
}

std::string Node::State::shown(std::string text) const {
  core::Redactor redactor;
  if (!shell.password().empty()) redactor.add(shell.password());
  text = redactor.apply(text);
  return options.redact ? options.redact(std::move(text)) : text;
}

core::Done Node::State::perform(std::span<const core::Action> actions, std::span<const core::Probe> then) {
  const auto id = util::random_hex(8);
  const auto script = job_script(options.job_folder, id, options.sh, actions);
  const auto probes = core::unasked(then, {});
  std::vector<core::Probe> there;
  for (const auto& probe : probes)
    if (!std::holds_alternative<core::Download>(probe)) there.push_back(probe);
  const auto asked = questions(there);

  core::Facts facts;
  std::vector<Frame> told;
  bool ended = false;
  // Its folder is of use only until its end was told; the host clears it away while it is not waited for.
  const auto clear = fmt::format("rm -rf {}\n", util::shell_quote(options.job_folder + "/" + id));
  const auto on_told = [&](Frame frame) {
    ended = ended || frame.last;
    told.push_back(std::move(frame));
    if (told.back().last) shell.post(clear);
  };
  core::Deadline come_back{};
  for (int attempt = 0; !ended; ++attempt) {
    told.clear();
    const int logins = shell.logins();
    try {
      ask({.first = script, .tell = job_result_script(), .probes = there, .questions = asked, .on_told = on_told},
          facts);
    } catch (const Refused&) {
      throw;
    } catch (core::Error& error) {
      if (error.kind() != core::ErrorKind::unreachable) throw;
      if (ended) break;  // only the look afterwards is incomplete
      const auto now = std::chrono::steady_clock::now();
      if (attempt == 0 || shell.logins() != logins) {
        attempt = 0;
        come_back = now + options.come_back;
      }
      if (now >= come_back) {
        error.add_trace(fmt::format("while {} was working; what was begun there goes on to its end", options.name));
        error.add_hint("run the same command again: it waits for what still runs, and goes on from there");
        throw;
      }
      pause(attempt);
    }
  }
  auto done = decode_job(told, actions);
  done.evidence = tail(shown(done.evidence), 4096);
  done.why = shown(done.why);
  facts.merge(gather(core::unasked(then, facts)));
  done.facts = std::move(facts);
  return done;
}

namespace {

class NodeActor final : public core::Actor {
 public:
  explicit NodeActor(Node::State& state) : state_(state) {}
  core::Done perform(std::span<const core::Action> actions, std::span<const core::Probe> then) override {
    return state_.perform(actions, then);
  }

 private:
  Node::State& state_;
};

}  // namespace

std::unique_ptr<core::Actor> act_on(Node& node) {
  return std::make_unique<NodeActor>(*node.state_);
}

}  // namespace gpuctl::host
