#pragma once

#include <functional>
#include <memory>

#include "host/link.hpp"
#include "ssh/connection.hpp"

namespace gpuctl::host {

/// A connector over ssh: `open` makes a connection, at first use and again after a lost link. The login's first
/// command travels with it.
Connector ssh_connector(std::function<ssh::Connection()> open);

}  // namespace gpuctl::host
