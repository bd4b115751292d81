#include "cli/output.hpp"

#include <unistd.h>

#include <cerrno>

namespace gpuctl::cli {

void Output::write(std::string_view text, const core::Redactor& redactor) {
  const auto shown = redactor.apply(text);
  for (std::size_t at = 0; at < shown.size() && open_;) {
    const auto written = ::write(fd_, shown.data() + at, shown.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) open_ = false;
    if (written > 0) at += static_cast<std::size_t>(written);
  }
}

}  // namespace gpuctl::cli
