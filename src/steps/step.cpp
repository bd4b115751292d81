#include "steps/step.hpp"

namespace gpuctl::steps {}
