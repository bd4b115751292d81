#include <fmt/core.h>

int main() {
  fmt::print("gpuctl {}\n", GPUCTL_VERSION);
  return 0;
}
