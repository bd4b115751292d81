#include <algorithm>
#include <cstdlib>

#include "chart/go/layout.hpp"

namespace gpuctl::chart::go {

namespace {

void append(std::string& out, std::int64_t number, std::size_t width) {
  std::string digits = std::to_string(std::abs(number));
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  if (number < 0) out += '-';
  out += digits;
}

void append_offset(std::string& out, int offset, std::string_view form) {
  if (form[0] == 'Z' && offset == 0) {
    out += 'Z';
    return;
  }
  const bool colon = form.find(':') != form.npos;
  const int minutes = std::abs(offset / 60);
  out += offset / 60 < 0 ? '-' : '+';
  append(out, minutes / 60, 2);
  if (form.size() == 3) return;
  if (colon) out += ':';
  append(out, minutes % 60, 2);
  if (form.size() < 7) return;
  if (colon) out += ':';
  append(out, std::abs(offset) % 60, 2);
}

void append_fraction(std::string& out, int nanoseconds, std::string_view form) {
  std::string digits = std::to_string(nanoseconds);
  digits.insert(0, 9 - digits.size(), '0');
  digits.resize(std::min<std::size_t>(form.size() - 1, 9));
  if (form[1] == '9') {
    while (!digits.empty() && digits.back() == '0') digits.pop_back();
    if (digits.empty()) return;
  }
  out += form[0];
  out += digits;
}

void append_padded(std::string& out, int number, int width) {
  const std::string digits = std::to_string(number);
  out.append(static_cast<std::size_t>(std::max(width - static_cast<int>(digits.size()), 0)), ' ');
  out += digits;
}

/// False: the step is no part of a date.
bool append_date(std::string& out, const Step& step, const Date& date) {
  switch (step.element) {
    case LayoutElement::long_month:
      out += month_name(date.month);
      return true;
    case LayoutElement::month:
      out += month_name(date.month).substr(0, 3);
      return true;
    case LayoutElement::number_month:
    case LayoutElement::zero_month:
      append(out, date.month, step.text.size());
      return true;
    case LayoutElement::long_week_day:
      out += week_day_name(date.week_day);
      return true;
    case LayoutElement::week_day:
      out += week_day_name(date.week_day).substr(0, 3);
      return true;
    case LayoutElement::day:
    case LayoutElement::zero_day:
      append(out, date.day, step.text.size());
      return true;
    case LayoutElement::under_day:
      append_padded(out, date.day, 2);
      return true;
    case LayoutElement::under_year_day:
      append_padded(out, date.year_day, 3);
      return true;
    case LayoutElement::zero_year_day:
      append(out, date.year_day, 3);
      return true;
    case LayoutElement::long_year:
      append(out, date.year, 4);
      return true;
    case LayoutElement::year:
      append(out, std::abs(date.year) % 100, 2);
      return true;
    default:
      return false;
  }
}

void append_zone(std::string& out, const Zone::Change& zone) {
  if (zone.name.empty())
    append_offset(out, zone.offset, "-0700");
  else
    out += zone.name;
}

void append_clock(std::string& out, const Step& step, const Moment& moment, const Date& date) {
  const int hour12 = date.hour % 12 == 0 ? 12 : date.hour % 12;
  const Zone::Change& zone = moment.zone->at(moment.seconds);
  switch (step.element) {
    case LayoutElement::hour:
      return append(out, date.hour, 2);
    case LayoutElement::hour12:
    case LayoutElement::zero_hour12:
      return append(out, hour12, step.text.size());
    case LayoutElement::minute:
    case LayoutElement::zero_minute:
      return append(out, date.minute, step.text.size());
    case LayoutElement::second:
    case LayoutElement::zero_second:
      return append(out, date.second, step.text.size());
    case LayoutElement::upper_noon:
      out += date.hour >= 12 ? "PM" : "AM";
      return;
    case LayoutElement::lower_noon:
      out += date.hour >= 12 ? "pm" : "am";
      return;
    case LayoutElement::zone_name:
      return append_zone(out, zone);
    case LayoutElement::offset:
      return append_offset(out, zone.offset, step.text);
    case LayoutElement::fraction:
    case LayoutElement::short_fraction:
      return append_fraction(out, moment.nanoseconds, step.text);
    default:
      return;
  }
}

}  // namespace

std::string format_time(const Moment& moment, std::string_view layout) {
  const Date date = date_of(moment);
  std::string out;
  while (!layout.empty()) {
    const Step step = next_step(layout);
    out += step.before;
    if (!append_date(out, step, date)) append_clock(out, step, moment, date);
  }
  return out;
}

}  // namespace gpuctl::chart::go
