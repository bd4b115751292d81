#include "host/node.hpp"

#include <fmt/core.h>

#include <utility>

#include "core/error.hpp"
#include "host/job.hpp"
#include "host/node_state.hpp"
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

/// The last job's folder is removed only now, when its end was told: until then it may have to be asked for again.
Node::State::~State() {
  shell.last_words(housekeeping());
}

std::string Node::State::housekeeping() {
  if (finished_job.empty()) return {};
  return fmt::format("rm -rf {}\n", util::shell_quote(options.job_folder + "/" + std::exchange(finished_job, {})));
}

void Node::State::blame(core::Error& error) const {
  error.add_trace("while asking " + options.name);
}

void Node::State::ask(const std::string& before, std::span<const core::Probe> probes, std::span<const Question> asked,
                      core::Facts& facts, std::chrono::seconds extra, const std::function<void(Frame)>& on_other) {
  std::vector<Frame> frames;
  std::string steady;
  const auto on_frame = [&](Frame frame) {
    const auto index = static_cast<std::size_t>(frame.question - 1);
    if (index >= asked.size()) {
      if (on_other) on_other(std::move(frame));
      return;
    }
    if (asked[index].steady) (steady += frame.bytes) += trailer(shell.nonce(), frame);
    const bool last = frame.last;
    frames.push_back(std::move(frame));
    if (!last) return;
    asked[index].decode(frames, facts);
    frames.clear();
  };
  const auto patience = [&](int question) {
    const auto index = static_cast<std::size_t>(question - 1);
    return (index < asked.size() ? asked[index].patience : std::chrono::seconds(0)) + (index == 0 ? extra : extra * 0);
  };
  shell.run(housekeeping() + before + script_of(asked), on_frame, patience);
  remember(probes, steady);
}

core::Facts Node::State::gather(std::span<const core::Probe> probes) {
  core::Facts facts;
  const auto wanted = core::unasked(probes, facts);
  for (const auto& probe : wanted)
    if (const auto* download = std::get_if<core::Download>(&probe))
      facts.set(probe, options.fetch ? options.fetch(download->url) : core::Failed{"nothing can be fetched here"});

  int retries = 3;
  for (auto left = core::unasked(wanted, facts); !left.empty(); left = core::unasked(wanted, facts)) {
    const bool was_open = shell.is_open();
    const auto asked = questions(left);
    try {
      ask(left_jobs_script(options.job_folder), left, asked, facts);
      break;
    } catch (Silence& silence) {
      const auto index = static_cast<std::size_t>(silence.question - 1);
      const bool hangs = index < asked.size() && asked[index].may_hang;
      if (!hangs && (!was_open || --retries < 0)) {
        blame(silence);
        throw;
      }
      if (hangs)
        for (const auto& probe : asked[index].probes) facts.set(probe, core::Failed{"it did not end in time"});
    } catch (Refused& refused) {
      blame(refused);
      throw;
    } catch (core::Error& error) {
      // A shell that was left alone for long may have ended meanwhile; nothing is lost by asking anew.
      if (error.kind() != core::ErrorKind::unreachable || !was_open || --retries < 0) {
        blame(error);
        throw;
      }
    }
  }
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
