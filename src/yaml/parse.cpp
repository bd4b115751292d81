#include "yaml/parse.hpp"

namespace gpuctl::yaml {}
