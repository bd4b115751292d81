#include "chart/go/calendar.hpp"

#include <algorithm>

namespace gpuctl::chart::go {

namespace {

constexpr std::int64_t day_seconds = 86400;

bool is_leap(std::int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

/// Days since the epoch of a date of the proleptic Gregorian calendar, whose year is taken to begin in March.
std::int64_t days_from(std::int64_t year, int month, int day) {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = floor_div(y, 400);
  const std::int64_t in_era = y - era * 400;
  const std::int64_t in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

}  // namespace

const Zone::Change& Zone::at(std::int64_t seconds) const {
  const auto after = std::upper_bound(changes.begin(), changes.end(), seconds,
                                      [](std::int64_t wanted, const Change& change) { return wanted < change.from; });
  return after == changes.begin() ? changes.front() : *std::prev(after);
}

std::shared_ptr<const Zone> Zone::utc() {
  static const auto zone = std::make_shared<const Zone>(Zone{"UTC", {{0, 0, "UTC"}}});
  return zone;
}

std::shared_ptr<const Zone> Zone::fixed(std::string name, int offset) {
  return std::make_shared<const Zone>(Zone{name, {{0, offset, name}}});
}

int days_in(int month, std::int64_t year) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

Date date_of(const Moment& moment) {
  const std::int64_t local = moment.seconds + moment.zone->at(moment.seconds).offset;
  const std::int64_t days = floor_div(local, day_seconds);
  const auto clock = static_cast<int>(local - days * day_seconds);
  const std::int64_t shifted = days + 719468;
  const std::int64_t era = floor_div(shifted, 146097);
  const std::int64_t in_era = shifted - era * 146097;
  const std::int64_t year_of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  const auto in_year = static_cast<int>(in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100));
  const int march_month = (5 * in_year + 2) / 153;
  Date date;
  date.day = in_year - (153 * march_month + 2) / 5 + 1;
  date.month = march_month < 10 ? march_month + 3 : march_month - 9;
  date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
  date.year_day = static_cast<int>(days - days_from(date.year, 1, 1)) + 1;
  date.week_day = static_cast<int>((days % 7 + 11) % 7);
  date.hour = clock / 3600;
  date.minute = clock / 60 % 60;
  date.second = clock % 60;
  return date;
}

std::int64_t seconds_of(const Date& date) {
  const int clock = date.hour * 3600 + date.minute * 60 + date.second;
  return days_from(date.year, date.month, date.day) * day_seconds + clock;
}

std::string_view month_name(int month) {
  constexpr std::string_view names[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
  return names[month - 1];
}

std::string_view week_day_name(int day) {
  constexpr std::string_view names[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
  return names[day];
}

}  // namespace gpuctl::chart::go
