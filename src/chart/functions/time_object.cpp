#include "chart/functions/time_object.hpp"

#include "chart/function.hpp"
#include "chart/functions/zones.hpp"
#include "chart/go/duration.hpp"
#include "chart/go/layout.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::string_view rfc3339 = "2006-01-02T15:04:05.999999999Z07:00";
constexpr std::int64_t second = 1000000000;

class Time : public Object {
 public:
  explicit Time(go::Moment moment) : moment_(std::move(moment)) {}

  std::string type() const override { return "time.Time"; }
  std::string kind() const override { return "struct"; }
  std::string text() const override { return go::format_time(moment_, "2006-01-02 15:04:05.999999999 -0700 MST"); }
  std::optional<Value> json() const override { return Value(go::format_time(moment_, rfc3339)); }
  const Function* method(std::string_view name) const override;

  const go::Moment& moment() const { return moment_; }

 private:
  go::Moment moment_;
};

/// A number with a name: time.Month, time.Weekday.
class Named : public Object {
 public:
  Named(std::string type, std::string text, std::int64_t number)
      : type_(std::move(type)), text_(std::move(text)), number_(number) {}

  std::string type() const override { return type_; }
  std::string kind() const override { return "int"; }
  std::string text() const override { return text_; }
  bool truth() const override { return number_ != 0; }
  std::optional<Value> json() const override { return Value::of_int(number_); }
  const Function* method(std::string_view name) const override {
    static const Function shown{"String", {}, false, [](Call& call) { return Value(call.self->text()); }, "Its name"};
    return name == shown.name ? &shown : nullptr;
  }

 private:
  std::string type_, text_;
  std::int64_t number_;
};

class Location : public Object {
 public:
  explicit Location(std::string name) : name_(std::move(name)) {}

  std::string type() const override { return "*time.Location"; }
  std::string kind() const override { return "ptr"; }
  std::string text() const override { return name_; }
  std::optional<Value> json() const override { return Value(Map{}); }
  const Function* method(std::string_view name) const override {
    static const Function shown{"String", {}, false, [](Call& call) { return Value(call.self->text()); }, "Its name"};
    return name == shown.name ? &shown : nullptr;
  }

 private:
  std::string name_;
};

class Duration : public Object {
 public:
  explicit Duration(std::int64_t nanoseconds) : nanoseconds_(nanoseconds) {}

  std::string type() const override { return "time.Duration"; }
  std::string kind() const override { return "int64"; }
  std::string text() const override { return go::duration_text(nanoseconds_); }
  bool truth() const override { return nanoseconds_ != 0; }
  std::optional<Value> json() const override { return Value::of_int64(nanoseconds_); }
  const Function* method(std::string_view name) const override;

  std::int64_t nanoseconds() const { return nanoseconds_; }

 private:
  std::int64_t nanoseconds_;
};

template <class Kind, class... Parts>
Value object(Parts&&... parts) {
  return Value(std::static_pointer_cast<Object>(std::make_shared<Kind>(std::forward<Parts>(parts)...)));
}

const go::Moment& self(const Call& call) {
  return static_cast<const Time*>(call.self)->moment();
}

go::Date date(const Call& call) {
  return go::date_of(self(call));
}

const go::Moment& other(const Call& call) {
  const go::Moment* moment = as_time(call.args[0]);
  if (!moment) throw CallError("not a time");
  return *moment;
}

std::int64_t between(const go::Moment& a, const go::Moment& b) {
  std::int64_t all = 0;
  if (__builtin_mul_overflow(a.seconds - b.seconds, second, &all)) return a.seconds < b.seconds ? INT64_MIN : INT64_MAX;
  return all + (a.nanoseconds - b.nanoseconds);
}

Value in_zone(const go::Moment& moment, std::shared_ptr<const go::Zone> zone) {
  return time_value({moment.seconds, moment.nanoseconds, std::move(zone)});
}

/// Months beyond the year and days beyond the month carry over.
Value add_date(Call& call) {
  go::Date day = date(call);
  const std::int64_t months = day.month - 1 + call.args[1].integer();
  const std::int64_t years = months / 12 - (months % 12 < 0 ? 1 : 0);
  day.year += call.args[0].integer() + years;
  day.month = static_cast<int>(months - years * 12) + 1;
  go::Moment moment = self(call);
  const int offset = moment.zone->at(moment.seconds).offset;
  moment.seconds = go::seconds_of(day) + call.args[2].integer() * 86400 - offset;
  return time_value(std::move(moment));
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
       const auto all = static_cast<std::uint64_t>(self(call).seconds) * static_cast<std::uint64_t>(second);
       return Value::of_int64(static_cast<std::int64_t>(all + static_cast<std::uint64_t>(self(call).nanoseconds)));
     },
     "Nanoseconds since the epoch"},
    {"Year", {}, false, [](Call& call) { return Value::of_int(date(call).year); }, "The year"},
    {"Month",
     {},
     false,
     [](Call& call) {
       return object<Named>("time.Month", std::string(go::month_name(date(call).month)), date(call).month);
     },
     "The month"},
    {"Day", {}, false, [](Call& call) { return Value::of_int(date(call).day); }, "The day of the month"},
    {"YearDay", {}, false, [](Call& call) { return Value::of_int(date(call).year_day); }, "The day of the year"},
    {"Weekday",
     {},
     false,
     [](Call& call) {
       return object<Named>("time.Weekday", std::string(go::week_day_name(date(call).week_day)), date(call).week_day);
     },
     "The day of the week"},
    {"Hour", {}, false, [](Call& call) { return Value::of_int(date(call).hour); }, "The hour"},
    {"Minute", {}, false, [](Call& call) { return Value::of_int(date(call).minute); }, "The minute"},
    {"Second", {}, false, [](Call& call) { return Value::of_int(date(call).second); }, "The second"},
    {"Nanosecond", {}, false, [](Call& call) { return Value::of_int(self(call).nanoseconds); }, "The nanosecond"},
    {"UTC", {}, false, [](Call& call) { return in_zone(self(call), go::Zone::utc()); }, "The same time in UTC"},
    {"Local",
     {},
     false,
     [](Call& call) { return in_zone(self(call), zone_or_utc(call.engine, "Local")); },
     "The same time here"},
    {"Location", {}, false, [](Call& call) { return object<Location>(self(call).zone->name); }, "The zone"},
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
};

double in_units(const Call& call, std::int64_t unit) {
  const auto all = static_cast<const Duration*>(call.self)->nanoseconds();
  const std::int64_t whole = all / unit;
  return static_cast<double>(whole) + static_cast<double>(all % unit) / static_cast<double>(unit);
}

const Function duration_methods[] = {
    {"String", {}, false, [](Call& call) { return Value(call.self->text()); }, "The duration in full"},
    {"Hours", {}, false, [](Call& call) { return Value::of_float(in_units(call, 3600 * second)); }, "Hours"},
    {"Minutes", {}, false, [](Call& call) { return Value::of_float(in_units(call, 60 * second)); }, "Minutes"},
    {"Seconds", {}, false, [](Call& call) { return Value::of_float(in_units(call, second)); }, "Seconds"},
    {"Nanoseconds",
     {},
     false,
     [](Call& call) { return Value::of_int64(static_cast<const Duration*>(call.self)->nanoseconds()); },
     "Nanoseconds"},
    {"Milliseconds",
     {},
     false,
     [](Call& call) { return Value::of_int64(static_cast<const Duration*>(call.self)->nanoseconds() / 1000000); },
     "Milliseconds"},
};

template <class Table>
const Function* named(const Table& table, std::string_view name) {
  for (const Function& function : table)
    if (function.name == name) return &function;
  return nullptr;
}

const Function* Time::method(std::string_view name) const {
  return named(time_methods, name);
}
const Function* Duration::method(std::string_view name) const {
  return named(duration_methods, name);
}

}  // namespace

Value time_value(go::Moment moment) {
  return object<Time>(std::move(moment));
}

const go::Moment* as_time(const Value& value) {
  if (value.kind() != Kind::object) return nullptr;
  const auto* time = dynamic_cast<const Time*>(value.object().get());
  return time ? &time->moment() : nullptr;
}

Value duration_value(std::int64_t nanoseconds) {
  return object<Duration>(nanoseconds);
}

}  // namespace gpuctl::chart
