#include "chart/toml_in.hpp"

#include <toml++/toml.h>

#include "chart/functions/time_object.hpp"

namespace gpuctl::chart {

namespace {

Value table(const toml::table& from);

go::Moment at_date(const toml::date& date) {
  go::Date day;
  day.year = date.year;
  day.month = date.month;
  day.day = date.day;
  return {go::seconds_of(day), 0, go::Zone::fixed("date-local", 0)};
}

void add_clock(go::Moment& moment, const toml::time& time) {
  moment.seconds += time.hour * 3600 + time.minute * 60 + time.second;
  moment.nanoseconds = static_cast<std::int32_t>(time.nanosecond);
}

Value date_time(const toml::date_time& held) {
  go::Moment moment = at_date(held.date);
  add_clock(moment, held.time);
  const int seconds = held.offset ? held.offset->minutes * 60 : 0;
  moment.seconds -= seconds;
  moment.zone = !held.offset   ? go::Zone::fixed("datetime-local", 0)
                : seconds == 0 ? go::Zone::utc()
                               : go::Zone::fixed("", seconds);
  return time_value(std::move(moment));
}

Value clock(const toml::time& held) {
  go::Date start;
  start.year = 0;
  go::Moment moment{go::seconds_of(start), 0, go::Zone::fixed("time-local", 0)};
  add_clock(moment, held);
  return time_value(std::move(moment));
}

Value value(const toml::node& node) {
  if (const auto* held = node.as_table()) return table(*held);
  if (const auto* held = node.as_array()) {
    List list;
    for (const toml::node& item : *held) list.items.push_back(value(item));
    return Value(std::move(list));
  }
  if (const auto* held = node.as_string()) return Value(held->get());
  if (const auto* held = node.as_integer()) return Value::of_int64(held->get());
  if (const auto* held = node.as_floating_point()) return Value::of_float(held->get());
  if (const auto* held = node.as_boolean()) return Value(held->get());
  if (const auto* held = node.as_date()) return time_value(at_date(held->get()));
  if (const auto* held = node.as_time()) return clock(held->get());
  if (const auto* held = node.as_date_time()) return date_time(held->get());
  return {};
}

Value table(const toml::table& from) {
  Map map;
  for (const auto& [key, node] : from) map.entries.insert_or_assign(std::string(key.str()), value(node));
  return Value(std::move(map));
}

}  // namespace

Value from_toml(std::string_view text) {
  try {
    return table(toml::parse(text));
  } catch (const toml::parse_error& error) {
    throw TomlError("toml: line " + std::to_string(error.source().begin.line) + ": " +
                    std::string(error.description()));
  }
}

}  // namespace gpuctl::chart
