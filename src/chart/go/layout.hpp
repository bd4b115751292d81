#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "chart/go/calendar.hpp"

namespace gpuctl::chart::go {

/// What an element of a layout stands for; the comments are how it is written.
enum class LayoutElement : std::uint8_t {
  none,
  long_month,      ///< January
  month,           ///< Jan
  number_month,    ///< 1
  zero_month,      ///< 01
  long_week_day,   ///< Monday
  week_day,        ///< Mon
  day,             ///< 2
  under_day,       ///< _2
  zero_day,        ///< 02
  under_year_day,  ///< __2
  zero_year_day,   ///< 002
  hour,            ///< 15
  hour12,          ///< 3
  zero_hour12,     ///< 03
  minute,          ///< 4
  zero_minute,     ///< 04
  second,          ///< 5
  zero_second,     ///< 05
  long_year,       ///< 2006
  year,            ///< 06
  upper_noon,      ///< PM
  lower_noon,      ///< pm
  zone_name,       ///< MST
  offset,          ///< -0700 and its like
  fraction,        ///< .000
  short_fraction,  ///< .999
};

/// An element, and the literal text before it.
struct Step {
  std::string_view before, text;
  LayoutElement element = LayoutElement::none;
};

/// Takes the next element off a layout; at its end `before` is all that was left.
Step next_step(std::string_view& layout);

std::string format_time(const Moment&, std::string_view layout);

struct TimeError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// time.ParseInLocation, the location being `local`. Throws TimeError in Go's words.
Moment parse_time(std::string_view layout, std::string_view text, const std::shared_ptr<const Zone>& local);

}  // namespace gpuctl::chart::go
