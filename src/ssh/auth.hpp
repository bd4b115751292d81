#pragma once

#include "core/ports.hpp"
#include "ssh/keys.hpp"
#include "ssh/prompt.hpp"
#include "ssh/session.hpp"

namespace gpuctl::ssh {

/// Logs in on a session whose host is trusted. Key files that need no passphrase come first, and the first of them is
/// signed with at once, without asking whether the server would take it: one round trip. Then the agent's keys, then
/// key files with a passphrase, each only after the server has agreed to it, then the password, where the server takes
/// one and somebody can be asked. `deadline` moves by the time that a person takes to answer. Throws Error{unreachable}
/// that says what was tried and what the server takes.
void authenticate(Session&, Keys&, Prompt&, core::Deadline& deadline);

}  // namespace gpuctl::ssh
