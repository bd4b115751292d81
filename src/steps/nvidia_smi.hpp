#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/facts.hpp"
#include "core/probe.hpp"

namespace gpuctl::steps {

/// The one question that is asked of nvidia-smi, in its machine-readable form.
core::Command nvidia_smi();

/// One GPU, as nvidia-smi answers.
struct Gpu {
  std::string name;  ///< NVIDIA GeForce RTX 3060
  std::string uuid;
  std::int64_t memory = 0;  ///< bytes
  std::string driver;       ///< version of the driver
  bool persistent = false;

  /// As feature discovery labels it: NVIDIA-GeForce-RTX-3060.
  std::string product() const;
};

/// The GPUs that an answer names; nothing when it is no answer to the question.
std::optional<std::vector<Gpu>> parse_gpus(const std::string& csv);

/// Why there is no list of GPUs, for people; empty when there is one. `advice` then says what can be done.
struct Trouble {
  std::string what;
  std::string advice;
};
Trouble trouble_of(const core::Answer& answer);

/// The GPUs of a host whose nvidia-smi answered; empty otherwise.
std::vector<Gpu> gpus_of(const core::Facts&);

/// The version in /proc/driver/nvidia/version, that of the kernel module which is loaded; empty when there is none.
std::string module_version(const std::string& proc_text);

}  // namespace gpuctl::steps
