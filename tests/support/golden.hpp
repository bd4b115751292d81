#pragma once

#include <string>

namespace gpuctl::golden {

/// Whether `text` is what tests/golden/`name` holds; prints both where they part when not. With GPUCTL_ACCEPT=1 the
/// file is rewritten instead.
bool same(const std::string& name, const std::string& text);

}  // namespace gpuctl::golden
