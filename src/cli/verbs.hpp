#pragma once

#include "cli/world.hpp"

namespace gpuctl::cli {

// One file each. They return the exit code; what they cannot do they throw as core::Error.

int plan(const Arguments&, World&);
int provision(const Arguments&, World&);
int verify(const Arguments&, World&);
int facts(const Arguments&, World&);
int chart_template(const Arguments&, World&);
int chart_values(const Arguments&, World&);
int chart_diff(const Arguments&, World&);
int chart_lint(const Arguments&, World&);
int chart_eval(const Arguments&, World&);
int chart_functions(const Arguments&, World&);
int chart_dependency_build(const Arguments&, World&);
int chart_dependency_update(const Arguments&, World&);
int chart_dependency_list(const Arguments&, World&);
int release_list(const Arguments&, World&);
int release_status(const Arguments&, World&);
int release_history(const Arguments&, World&);
int release_rollback(const Arguments&, World&);
int release_uninstall(const Arguments&, World&);

}  // namespace gpuctl::cli
