#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/action.hpp"
#include "core/ports.hpp"
#include "host/frame.hpp"

namespace gpuctl::host {

// A job is a folder DIR/ID (0700) on the host: `do` the script, `pid` its process and the gate that lets it begin once,
// `at` the action it is at, `out` that action's output, `alive` a pipe that it holds open, `rc` how it ended;
// `orders-…` the pipe that names jobs to the one that starts them. Whoever sends a job again attaches to it.

/// The number of the frames that tell how a job ended.
constexpr int job_question = -2;

/// The part of a chunk that starts job `id` or attaches to it, and waits for its end with heartbeats.
/// `sh` runs it.
std::string job_script(const std::string& dir, const std::string& id, const std::string& sh,
                       std::span<const core::Action>);

/// The part that tells afterwards how it ended.
std::string job_result_script();

/// The part of a chunk that waits for jobs that earlier runs left behind.
std::string left_jobs_script(const std::string& dir);

/// What the job's frames say; facts are left to the caller.
core::Done decode_job(std::span<const Frame>, std::span<const core::Action>);

}  // namespace gpuctl::host
