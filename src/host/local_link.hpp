#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/link.hpp"

namespace gpuctl::host {

/// Runs `command` on this machine as `shell… -c command`, over a socket pair. `shell` is argv: {"/bin/sh"},
/// {"busybox", "sh"}, {"bash", "--posix"}.
std::unique_ptr<Link> local_link(const std::vector<std::string>& shell, const std::string& command);

/// A connector to this machine.
Connector local_connector(std::vector<std::string> shell = {"/bin/sh"});

}  // namespace gpuctl::host
