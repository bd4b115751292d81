#pragma once

#include <memory>

#include "chart/go/calendar.hpp"
#include "chart/value.hpp"

namespace gpuctl::chart {

/// What a template sees of a time.Month, 1 to 12.
Value month_value(int month);
/// Of a time.Weekday; 0 is Sunday.
Value week_day_value(int day);
/// Of a *time.Location.
Value location_value(std::shared_ptr<const go::Zone> zone);
/// The zone that a value is; null where it is none.
std::shared_ptr<const go::Zone> as_location(const Value& value);

}  // namespace gpuctl::chart
