#include <fmt/core.h>

#include <cstdlib>

#include "host/decode.hpp"
#include "host/script.hpp"

namespace gpuctl::host {

core::Answer decode_command(std::span<const Frame> frames, int timeout_s) {
  if (frames.size() == 1 && frames[0].exit == 127) return core::Failed{frames[0].bytes};
  if (frames.size() != 2) return core::Failed{"the host did not answer for it"};
  const auto& output = frames[0];
  const auto& errors = frames[1];
  // timeout's own codes, which a command may use as well: the clock decides.
  const bool late = std::atoi(errors.label.c_str()) >= timeout_s;
  if (late && (errors.exit == 124 || errors.exit == 137 || errors.exit == 143))
    return core::Failed{fmt::format("it did not end within {} s", timeout_s)};
  if (output.bytes.size() > most_bytes) return core::Failed{"its output is larger than 64 KiB"};
  return core::Record{
      {"exit", std::to_string(errors.exit)}, {"stdout", output.bytes}, {"stderr", errors.bytes.substr(0, most_bytes)}};
}

}  // namespace gpuctl::host
