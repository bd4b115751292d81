#pragma once

#include "cli/world.hpp"
#include "core/error.hpp"

namespace gpuctl::cli {

/// Does what the arguments say and gives the exit code. What goes wrong is said on standard error.
int run(const Arguments&, World&);

/// DESIGN 5.
int exit_code(core::ErrorKind);

}  // namespace gpuctl::cli
