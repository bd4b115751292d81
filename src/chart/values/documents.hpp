#pragma once

#include <memory>
#include <string_view>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// A values file: its documents, each a mapping, one merged over the other. Throws core::Error{invalid}.
std::shared_ptr<Map> read_documents(std::string_view text);

/// `over` laid over `under`: mappings merge, all else is replaced. Neither is changed.
std::shared_ptr<Map> merged(const Map& under, const Map& over);

/// A copy that shares nothing mutable with its original.
Value deep_copy(const Value& value);

}  // namespace gpuctl::chart
