#include "core/params.hpp"

namespace gpuctl::core {}
