#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "kube/kubeconfig.hpp"

namespace gpuctl::host {

/// Runs a program on this machine, looked for in the PATH, with our environment and `environment` over it, without
/// input and without a terminal. Ended after `most`, or when it writes more than 1 MiB: then its exit is that of the
/// signal.
kube::Ran run_program(const std::vector<std::string>& argv,
                      const std::vector<std::pair<std::string, std::string>>& environment,
                      std::chrono::milliseconds most);

}  // namespace gpuctl::host
