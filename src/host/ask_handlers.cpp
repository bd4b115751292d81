#include "host/ask.hpp"

namespace gpuctl::host {

void ask_handlers(Probes, std::vector<Question>&) {}

}  // namespace gpuctl::host
