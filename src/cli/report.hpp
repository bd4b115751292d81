#pragma once

#include "cli/world.hpp"
#include "view/style.hpp"

namespace gpuctl::cli {

/// What standard output, or standard error, can show.
view::Style style_for(const Arguments&, const World&, bool terminal);

/// Names the run and when it began: `20251121T091402Z-0a1b2c`.
void stamp(core::Report&, const Arguments&);

/// Shows the report where the arguments say, keeps the run's record, and gives the exit code.
int finish(const core::Report&, const Arguments&, World&);

/// The report for people on standard output, unless JSON goes there.
void show(const core::Report&, const Arguments&, World&);

}  // namespace gpuctl::cli
