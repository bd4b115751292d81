#include "chart/function.hpp"
#include "chart/value.hpp"
#include "core/error.hpp"
#include "util/precompiled/std.hpp"
