#pragma once

#include <functional>
#include <memory>

#include "ssh/keys.hpp"
#include "ssh/prompt.hpp"
#include "ssh/session.hpp"

namespace gpuctl::ssh {

/// A way to the host: a socket, and who knows why it ended.
struct Way {
  Fd socket;
  std::function<std::string()> broken;
};

/// From a fresh socket to a session that is logged in: version, key exchange, host key, login. `way` is called again
/// when another type of host key has to be asked for. Throws Error.
std::unique_ptr<Session> log_in(const Target&, const std::function<Way()>& way, Keys&, Prompt&, const Options&);

}  // namespace gpuctl::ssh
