#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "chart/go/calendar.hpp"

namespace gpuctl::chart::go {

/// The zone that a TZif file (RFC 8536) describes; null where the bytes are none. What follows the last change of the
/// file is taken from it alone: a rule for later years is worked out up to 2100.
std::shared_ptr<const Zone> zone_of(const std::string& name, std::string_view file);

}  // namespace gpuctl::chart::go
