#include "core/action.hpp"

namespace gpuctl::core {

void predict(const Action&, Facts&) {}

}  // namespace gpuctl::core
