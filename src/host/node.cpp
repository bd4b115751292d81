#include "host/node.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "host/job.hpp"
#include "host/node_state.hpp"
#include "host/script.hpp"
#include "util/shell.hpp"

namespace gpuctl::host {

namespace {

Shell::Options shell_options(const NodeOptions& options) {
  return {.become_root = options.become_root,
          .sudo_password = options.sudo_password,
          .silence = options.silence,
          .sh = options.sh};
}

}  // namespace

Node::State::State(Connector connector, NodeOptions given)
    : options(std::move(given)), shell(std::move(connector), shell_options(options)) {}

Node::State::~State() {
  shell.finish();
}

void Node::State::blame(core::Error& error) const {
  error.add_trace("while asking " + options.name);
}

void Node::State::ask(const Asking& asking, core::Facts& facts) {
  const auto asked = asking.questions;
  std::vector<Frame> frames;
  std::string steady;
  const auto on_frame = [&](Frame frame) {
    const auto index = static_cast<std::size_t>(frame.question - 1);
    if (index >= asked.size()) {
      if (asking.on_told) asking.on_told(std::move(frame));
      return;
    }
    if (asked[index].steady) (steady += frame.bytes) += trailer(shell.nonce(), frame);
    const bool last = frame.last;
    frames.push_back(std::move(frame));
    if (!last) return;
    asked[index].decode(frames, facts);
    frames.clear();
  };
  std::chrono::seconds all{0};
  for (const auto& question : asked) all += question.patience;
  const auto patience = [&](int question) {
    const auto index = static_cast<std::size_t>(question - 1);
    if (!asking.at_once) return all;
    return index < asked.size() ? asked[index].patience : std::chrono::seconds(0);
  };
  const auto script = asking.at_once ? script_of(asked) : script_beside(asked);
  shell.run(chunk(asking.first + asking.tell, script, asking.at_once), on_frame, patience);
  remember(asking.probes, steady);
}

/// Asks what is left of `wanted`. False: something went wrong that asking again may mend.
bool Node::State::ask_left(std::span<const core::Probe> wanted, bool at_once, core::Facts& facts) {
  const auto left = core::unasked(wanted, facts);
  if (left.empty()) return true;
  const bool was_open = shell.is_open();
  const auto asked = questions(left);
  try {
    ask({.first = left_jobs_script(options.job_folder),
         .tell = {},
         .probes = left,
         .questions = asked,
         .at_once = at_once,
         .on_told = {}},
        facts);
    return true;
  } catch (Silence& silence) {
    const auto index = static_cast<std::size_t>(silence.question - 1);
    const bool any_hangs = std::ranges::any_of(asked, &Question::may_hang);
    if (at_once && index < asked.size() && asked[index].may_hang) {
      for (const auto& probe : asked[index].probes) facts.set(probe, core::Failed{"it did not end in time"});
      return false;
    }
    if (was_open || (any_hangs && !at_once)) return false;
    blame(silence);
    throw;
  } catch (core::Error& error) {
    // A shell that was left alone for long may have ended meanwhile; nothing is lost by asking anew.
    if (error.kind() == core::ErrorKind::unreachable && was_open) return false;
    blame(error);
    throw;
  }
}

core::Facts Node::State::gather(std::span<const core::Probe> probes) {
  core::Facts facts;
  const auto wanted = core::unasked(probes, facts);
  for (const auto& probe : wanted)
    if (const auto* download = std::get_if<core::Download>(&probe))
      facts.set(probe, options.fetch ? options.fetch(download->url) : core::Failed{"nothing can be fetched here"});
  // All in one piece first; where that hangs, one by one, to find what does. Each round leaves fewer to ask, or throws
  // because the login fails.
  bool done = ask_left(wanted, false, facts);
  for (std::size_t round = 0; !done && round < wanted.size() + 2; ++round) done = ask_left(wanted, true, facts);
  for (const auto& probe : wanted)
    if (!facts.asked(probe)) facts.set(probe, core::Failed{"the host did not answer for it"});
  return facts;
}

Node::Node(Connector connector, NodeOptions options)
    : state_(std::make_unique<State>(std::move(connector), std::move(options))) {}

Node::~Node() = default;

core::Facts Node::gather(std::span<const core::Probe> probes) {
  return state_->gather(probes);
}

}  // namespace gpuctl::host
