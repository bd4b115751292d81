#pragma once

#include "chart/go/calendar.hpp"
#include "chart/value.hpp"

namespace gpuctl::chart {

/// What a template sees of a time.Time.
Value time_value(go::Moment moment);
/// The time that a value is; null where it is none.
const go::Moment* as_time(const Value& value);

}  // namespace gpuctl::chart
