#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gpuctl::chart::go {

/// A time zone: what it is called and by how much it is ahead of UTC, which may change.
struct Zone {
  struct Change {
    std::int64_t from = 0;  ///< seconds since the epoch
    int offset = 0;         ///< seconds ahead of UTC
    std::string name;       ///< `CET`; empty where there is no name
    bool summer = false;    ///< summer time
  };
  std::string name;             ///< `Europe/Berlin`, `UTC`, `Local`
  std::vector<Change> changes;  ///< in order; the first counts before it too

  const Change& at(std::int64_t seconds) const;

  static std::shared_ptr<const Zone> utc();
  static std::shared_ptr<const Zone> fixed(std::string name, int offset);
};

/// A time as Go's time.Time: nanoseconds, in a zone.
struct Moment {
  std::int64_t seconds = -62135596800;  ///< since the epoch; the year 1 where nothing was set
  std::int32_t nanoseconds = 0;
  std::shared_ptr<const Zone> zone = Zone::utc();
};

struct Date {
  std::int64_t year = 1;
  int month = 1, day = 1, year_day = 1, week_day = 0;  ///< the week begins with Sunday, 0
  int hour = 0, minute = 0, second = 0;
};

Date date_of(const Moment&);
/// Seconds since the epoch of a date in UTC.
std::int64_t seconds_of(const Date&);
int days_in(int month, std::int64_t year);

std::string_view month_name(int month);
std::string_view week_day_name(int day);

}  // namespace gpuctl::chart::go
