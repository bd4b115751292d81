#include "chart/engine.hpp"
#include "chart/functions/tables.hpp"
#include "chart/functions/time_object.hpp"
#include "chart/functions/zones.hpp"
#include "chart/go/duration.hpp"
#include "chart/go/layout.hpp"
#include "chart/number.hpp"

// Times by Go's layouts. What is no time stands for now, as Sprig has it: also a number of a values file.

namespace gpuctl::chart {

namespace {

constexpr std::int64_t second = 1000000000;

go::Moment present(Call& call) {
  const auto since = call.engine.now().time_since_epoch();
  const auto all = std::chrono::duration_cast<std::chrono::nanoseconds>(since).count();
  return {all / second, static_cast<std::int32_t>(all % second), zone_or_utc(call.engine, "Local")};
}

go::Moment moment_or_now(Call& call, const Value& value) {
  if (const go::Moment* moment = as_time(value)) return *moment;
  if (value.kind() == Kind::integer || value.kind() == Kind::int64 || value.kind() == Kind::int32)
    return {value.integer(), 0, zone_or_utc(call.engine, "Local")};
  return present(call);
}

Value formatted(Call& call, const std::string& layout, const Value& date, const std::string& zone) {
  go::Moment moment = moment_or_now(call, date);
  moment.zone = zone_or_utc(call.engine, zone);
  return Value(go::format_time(moment, layout));
}

Value date(Call& call) {
  return formatted(call, call.text(0), call.args[1], "Local");
}
Value date_in_zone(Call& call) {
  return formatted(call, call.text(0), call.args[1], call.text(2));
}
Value html_date(Call& call) {
  return formatted(call, "2006-01-02", call.args[0], "Local");
}
Value html_date_in_zone(Call& call) {
  return formatted(call, "2006-01-02", call.args[0], call.text(1));
}

Value now(Call& call) {
  return time_value(present(call));
}

go::Moment later(go::Moment moment, std::int64_t nanoseconds) {
  std::int64_t rest = moment.nanoseconds + nanoseconds % second;
  moment.seconds += nanoseconds / second + (rest < 0 ? -1 : rest >= second ? 1 : 0);
  rest += rest < 0 ? second : rest >= second ? -second : 0;
  moment.nanoseconds = static_cast<std::int32_t>(rest);
  return moment;
}

Value date_modify(Call& call) {
  const auto by = go::parse_duration(call.text(0));
  return by ? time_value(later(*as_time(call.args[1]), *by)) : call.args[1];
}
Value must_date_modify(Call& call) {
  std::string error;
  const auto by = go::parse_duration(call.text(0), &error);
  if (!by) throw CallError(error);
  return time_value(later(*as_time(call.args[1]), *by));
}

std::int64_t since(Call& call, const go::Moment& moment) {
  const go::Moment here = present(call);
  std::int64_t seconds = 0;
  if (__builtin_mul_overflow(here.seconds - moment.seconds, second, &seconds))
    return here.seconds < moment.seconds ? INT64_MIN : INT64_MAX;
  return seconds + (here.nanoseconds - moment.nanoseconds);
}

Value ago(Call& call) {
  const Value& date = call.args[0];
  const bool known = as_time(date) || date.kind() == Kind::integer || date.kind() == Kind::int64;
  const auto passed = known ? since(call, moment_or_now(call, date)) : 0;
  return Value(go::duration_text(go::rounded_duration(passed, second)));
}

Value duration(Call& call) {
  std::int64_t seconds = 0;
  if (call.args[0].kind() == Kind::string) seconds = parse_int(call.text(0), 10).value;
  if (call.args[0].kind() == Kind::int64) seconds = call.args[0].integer();
  const auto wrapped = static_cast<std::uint64_t>(seconds) * static_cast<std::uint64_t>(second);
  return Value(go::duration_text(static_cast<std::int64_t>(wrapped)));
}

Value duration_round(Call& call) {
  const Value& value = call.args[0];
  std::int64_t all = 0;
  if (value.kind() == Kind::string) all = go::parse_duration(value.string()).value_or(0);
  if (value.kind() == Kind::int64) all = value.integer();
  if (const go::Moment* moment = as_time(value)) all = since(call, *moment);
  const std::uint64_t size = all < 0 ? 0 - static_cast<std::uint64_t>(all) : static_cast<std::uint64_t>(all);
  constexpr std::uint64_t hour = 3600 * static_cast<std::uint64_t>(second);
  constexpr std::pair<std::uint64_t, const char*> units[] = {{hour * 24 * 365, "y"}, {hour * 24 * 30, "mo"},
                                                             {hour * 24, "d"},       {hour, "h"},
                                                             {hour / 60, "m"},       {hour / 3600, "s"}};
  for (const auto& [unit, name] : units)
    if (size > unit) return Value(std::to_string(size / unit) + name);
  return Value("0s");
}

Value to_date(Call& call) {
  try {
    return time_value(go::parse_time(call.text(0), call.text(1), zone_or_utc(call.engine, "Local")));
  } catch (const go::TimeError&) {
    return time_value({});
  }
}
Value must_to_date(Call& call) {
  try {
    return time_value(go::parse_time(call.text(0), call.text(1), zone_or_utc(call.engine, "Local")));
  } catch (const go::TimeError& error) {
    throw CallError(error.what());
  }
}

Value unix_epoch(Call& call) {
  return Value(std::to_string(as_time(call.args[0])->seconds));
}

}  // namespace

std::span<const Function> date_functions() {
  static const Function functions[] = {
      {"now", {}, false, now, "The time of the rendering"},
      {"date", {Type::string, Type::any}, false, date, "A time by a layout"},
      {"dateInZone", {Type::string, Type::any, Type::string}, false, date_in_zone, "A time by a layout, in a zone"},
      {"date_in_zone", {Type::string, Type::any, Type::string}, false, date_in_zone, "A time by a layout, in a zone"},
      {"htmlDate", {Type::any}, false, html_date, "A time as 2006-01-02"},
      {"htmlDateInZone", {Type::any, Type::string}, false, html_date_in_zone, "A time as 2006-01-02, in a zone"},
      {"dateModify", {Type::string, Type::time}, false, date_modify, "A time changed by a duration such as -1.5h"},
      {"date_modify", {Type::string, Type::time}, false, date_modify, "A time changed by a duration such as -1.5h"},
      {"mustDateModify",
       {Type::string, Type::time},
       false,
       must_date_modify,
       "A time changed by a duration such as -1.5h"},
      {"must_date_modify",
       {Type::string, Type::time},
       false,
       must_date_modify,
       "A time changed by a duration such as -1.5h"},
      {"ago", {Type::any}, false, ago, "How long a time is past"},
      {"duration", {Type::any}, false, duration, "Seconds as a duration: 1m35s"},
      {"durationRound", {Type::any}, false, duration_round, "A duration in its largest unit: 2h"},
      {"toDate", {Type::string, Type::string}, false, to_date, "The time that a text is by a layout"},
      {"mustToDate", {Type::string, Type::string}, false, must_to_date, "The time that a text is by a layout"},
      {"unixEpoch", {Type::time}, false, unix_epoch, "Seconds since the epoch"},
  };
  return functions;
}

}  // namespace gpuctl::chart
