#include "chart/functions/time_object.hpp"

#include <fmt/core.h>

#include "chart/function.hpp"
#include "chart/functions/duration_object.hpp"
#include "chart/functions/named_object.hpp"
#include "chart/functions/zones.hpp"
#include "chart/go/layout.hpp"
#include "chart/go/quote.hpp"
#include "chart/json_out.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::string_view rfc3339 = "2006-01-02T15:04:05.999999999Z07:00";
constexpr std::int64_t nanos_a_second = 1000000000;

class Time : public Object {
 public:
  explicit Time(go::Moment moment) : moment_(std::move(moment)) {}

  std::string type() const override { return "time.Time"; }
  std::string kind() const override { return "struct"; }
  std::string text() const override { return go::format_time(moment_, "2006-01-02 15:04:05.999999999 -0700 MST"); }
  std::optional<Value> json() const override { return Value(go::format_time(moment_, rfc3339)); }
  std::string source() const override;
  bool hides(std::string_view name) const override { return name == "wall" || name == "ext" || name == "loc"; }
  const Function* method(std::string_view name) const override;

  const go::Moment& moment() const { return moment_; }

 private:
  go::Moment moment_;
};

std::string location_source(const std::string& name) {
  if (name == "UTC" || name == "Local") return "time." + name;
  return "time.Location(" + go::quoted(name) + ")";
}

std::string Time::source() const {
  const auto date = go::date_of(moment_);
  return fmt::format("time.Date({}, time.{}, {}, {}, {}, {}, {}, {})", date.year, go::month_name(date.month), date.day,
                     date.hour, date.minute, date.second, moment_.nanoseconds, location_source(moment_.zone->name));
}

const go::Moment& self(const Call& call) {
  return static_cast<const Time*>(call.self)->moment();
}

go::Date date_of(const Call& call) {
  return go::date_of(self(call));
}

const go::Moment& other(const Call& call) {
  const go::Moment* moment = as_time(call.args[0]);
  if (!moment) throw CallError("not a time");
  return *moment;
}

std::int64_t between(const go::Moment& a, const go::Moment& b) {
  std::int64_t all = 0;
  if (__builtin_mul_overflow(a.seconds - b.seconds, nanos_a_second, &all))
    return a.seconds < b.seconds ? INT64_MIN : INT64_MAX;
  return all + (a.nanoseconds - b.nanoseconds);
}

Value in_zone(const go::Moment& moment, std::shared_ptr<const go::Zone> zone) {
  return time_value({moment.seconds, moment.nanoseconds, std::move(zone)});
}

/// Months beyond the year and days beyond the month carry over.
Value add_date(Call& call) {
  go::Date day = date_of(call);
  const std::int64_t months = day.month - 1 + call.args[1].integer();
  const std::int64_t years = months / 12 - (months % 12 < 0 ? 1 : 0);
  day.year += call.args[0].integer() + years;
  day.month = static_cast<int>(months - years * 12) + 1;
  go::Moment moment = self(call);
  const int offset = moment.zone->at(moment.seconds).offset;
  moment.seconds = go::seconds_of(day) + call.args[2].integer() * 86400 - offset;
  return time_value(std::move(moment));
}

constexpr std::int64_t year_one = -62135596800;  ///< seconds since the epoch

__extension__ using Wide = __int128;

/// How far it is above the multiple of `unit` below it, counted from the year 1 as Go counts.
std::int64_t above_multiple(const go::Moment& moment, std::int64_t unit) {
  const Wide all = static_cast<Wide>(moment.seconds - year_one) * nanos_a_second + moment.nanoseconds;
  const auto rest = static_cast<std::int64_t>(all % unit);
  return rest < 0 ? rest + unit : rest;
}

Value moved_on(const go::Moment& moment, std::int64_t nanoseconds) {
  std::int64_t seconds = moment.seconds + nanoseconds / nanos_a_second;
  std::int64_t rest = moment.nanoseconds + nanoseconds % nanos_a_second;
  if (rest < 0) --seconds, rest += nanos_a_second;
  if (rest >= nanos_a_second) ++seconds, rest -= nanos_a_second;
  return time_value({seconds, static_cast<std::int32_t>(rest), moment.zone});
}

Value truncated_time(Call& call) {
  const std::int64_t unit = duration_of(call.args[0]);
  return unit <= 0 ? time_value(self(call)) : moved_on(self(call), -above_multiple(self(call), unit));
}

Value rounded_time(Call& call) {
  const std::int64_t unit = duration_of(call.args[0]);
  if (unit <= 0) return time_value(self(call));
  const std::int64_t rest = above_multiple(self(call), unit);
  return moved_on(self(call), rest < unit - rest ? -rest : unit - rest);
}

Value in_location(Call& call) {
  auto zone = as_location(call.args[0]);
  if (!zone) throw CallError("time: missing Location in call to Time.In");
  return in_zone(self(call), std::move(zone));
}

Value compared(Call& call) {
  const auto distance = between(self(call), other(call));
  return Value::of_int(distance < 0 ? -1 : distance > 0 ? 1 : 0);
}

/// As text and as JSON a time has four digits for the year.
std::string written(Call& call, const char* method) {
  const auto year = date_of(call).year;
  if (year < 0 || year > 9999) throw CallError(std::string("Time.") + method + ": year outside of range [0,9999]");
  return go::format_time(self(call), rfc3339);
}

Value as_json(Call& call) {
  return Value::of_bytes('"' + written(call, "MarshalJSON") + '"');
}
Value as_text(Call& call) {
  return Value::of_bytes(written(call, "MarshalText"));
}
Value append_text(Call& call) {
  return Value::of_bytes(bytes_of(call.args[0].list()) + written(call, "AppendText"));
}
Value append_format(Call& call) {
  return Value::of_bytes(bytes_of(call.args[0].list()) + go::format_time(self(call), call.args[1].string()));
}

// Those that give back what no template can take.
Value no_date(Call&) {
  throw SignatureError("function Date has 3 return values; should be 1 or 2");
}
Value no_clock(Call&) {
  throw SignatureError("function Clock has 3 return values; should be 1 or 2");
}
Value no_week(Call&) {
  throw SignatureError("invalid function signature for ISOWeek: second return value should be error; is int");
}
Value no_zone(Call&) {
  throw SignatureError("invalid function signature for Zone: second return value should be error; is int");
}
Value no_bounds(Call&) {
  throw SignatureError("invalid function signature for ZoneBounds: second return value should be error; is time.Time");
}

const Function time_methods[] = {
    {"Format",
     {Type::string},
     false,
     [](Call& call) { return Value(go::format_time(self(call), call.args[0].string())); },
     "The time by a layout"},
    {"String", {}, false, [](Call& call) { return Value(call.self->text()); }, "The time in full"},
    {"Unix", {}, false, [](Call& call) { return Value::of_int64(self(call).seconds); }, "Seconds since the epoch"},
    {"UnixMilli",
     {},
     false,
     [](Call& call) { return Value::of_int64(self(call).seconds * 1000 + self(call).nanoseconds / 1000000); },
     "Milliseconds since the epoch"},
    {"UnixMicro",
     {},
     false,
     [](Call& call) { return Value::of_int64(self(call).seconds * 1000000 + self(call).nanoseconds / 1000); },
     "Microseconds since the epoch"},
    {"UnixNano",
     {},
     false,
     [](Call& call) {
       const auto all = static_cast<std::uint64_t>(self(call).seconds) * static_cast<std::uint64_t>(nanos_a_second);
       return Value::of_int64(static_cast<std::int64_t>(all + static_cast<std::uint64_t>(self(call).nanoseconds)));
     },
     "Nanoseconds since the epoch"},
    {"Year", {}, false, [](Call& call) { return Value::of_int(date_of(call).year); }, "The year"},
    {"Month", {}, false, [](Call& call) { return month_value(date_of(call).month); }, "The month"},
    {"Day", {}, false, [](Call& call) { return Value::of_int(date_of(call).day); }, "The day of the month"},
    {"YearDay", {}, false, [](Call& call) { return Value::of_int(date_of(call).year_day); }, "The day of the year"},
    {"Weekday", {}, false, [](Call& call) { return week_day_value(date_of(call).week_day); }, "The day of the week"},
    {"Hour", {}, false, [](Call& call) { return Value::of_int(date_of(call).hour); }, "The hour"},
    {"Minute", {}, false, [](Call& call) { return Value::of_int(date_of(call).minute); }, "The minute"},
    {"Second", {}, false, [](Call& call) { return Value::of_int(date_of(call).second); }, "The second"},
    {"Nanosecond", {}, false, [](Call& call) { return Value::of_int(self(call).nanoseconds); }, "The nanosecond"},
    {"UTC", {}, false, [](Call& call) { return in_zone(self(call), go::Zone::utc()); }, "The same time in UTC"},
    {"Local",
     {},
     false,
     [](Call& call) { return in_zone(self(call), zone_or_utc(call.engine, "Local")); },
     "The same time here"},
    {"Location", {}, false, [](Call& call) { return location_value(self(call).zone); }, "The zone"},
    {"IsZero",
     {},
     false,
     [](Call& call) { return Value(self(call).seconds == go::Moment().seconds && self(call).nanoseconds == 0); },
     "Whether no time was set"},
    {"AddDate", {Type::integer, Type::integer, Type::integer}, false, add_date, "Years, months and days later"},
    {"After",
     {Type::time},
     false,
     [](Call& call) { return Value(between(self(call), other(call)) > 0); },
     "Whether it is later"},
    {"Before",
     {Type::time},
     false,
     [](Call& call) { return Value(between(self(call), other(call)) < 0); },
     "Whether it is earlier"},
    {"Equal",
     {Type::time},
     false,
     [](Call& call) { return Value(between(self(call), other(call)) == 0); },
     "Whether it is the same"},
    {"Sub",
     {Type::time},
     false,
     [](Call& call) { return duration_value(between(self(call), other(call))); },
     "What lies between"},
    {"Compare", {Type::time}, false, compared, "-1, 0 or 1"},
    {"Add",
     {Type::duration},
     false,
     [](Call& call) { return moved_on(self(call), duration_of(call.args[0])); },
     "So much later"},
    {"Round", {Type::duration}, false, rounded_time, "The nearest multiple"},
    {"Truncate", {Type::duration}, false, truncated_time, "The multiple before it"},
    {"In", {Type::location}, false, in_location, "The same time in that zone"},
    {"IsDST",
     {},
     false,
     [](Call& call) { return Value(self(call).zone->at(self(call).seconds).summer); },
     "Whether the zone has summer time"},
    {"GoString",
     {},
     false,
     [](Call& call) { return Value(static_cast<const Time*>(call.self)->source()); },
     "As Go's source has it"},
    {"MarshalJSON", {}, false, as_json, "The bytes of it as JSON"},
    {"MarshalText", {}, false, as_text, "The bytes of it as text"},
    {"AppendText", {Type::bytes}, false, append_text, "The bytes with it behind them"},
    {"AppendFormat", {Type::bytes, Type::string}, false, append_format, "The bytes with it behind them, by a layout"},
    {"Date", {}, false, no_date, "Not for templates"},
    {"Clock", {}, false, no_clock, "Not for templates"},
    {"ISOWeek", {}, false, no_week, "Not for templates"},
    {"Zone", {}, false, no_zone, "Not for templates"},
    {"ZoneBounds", {}, false, no_bounds, "Not for templates"},
};

const Function* Time::method(std::string_view name) const {
  for (const Function& function : time_methods)
    if (function.name == name) return &function;
  return nullptr;
}

}  // namespace

Value time_value(go::Moment moment) {
  return Value(std::static_pointer_cast<Object>(std::make_shared<Time>(std::move(moment))));
}

const go::Moment* as_time(const Value& value) {
  if (value.kind() != Kind::object) return nullptr;
  const auto* time = dynamic_cast<const Time*>(value.object().get());
  return time ? &time->moment() : nullptr;
}

}  // namespace gpuctl::chart
