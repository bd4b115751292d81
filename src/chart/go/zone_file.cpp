#include "chart/go/zone_file.hpp"

#include <algorithm>
#include <optional>

namespace gpuctl::chart::go {

namespace {

/// Big-endian numbers one after the other; what is not there is not read.
class ZoneReader {
 public:
  explicit ZoneReader(std::string_view bytes) : rest_(bytes) {}

  std::optional<std::string_view> take(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    const auto taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  std::int64_t number(std::size_t bytes) {
    const auto taken = take(bytes);
    if (!taken) {
      broken = true;
      return 0;
    }
    std::uint64_t value = 0;
    for (const char c : *taken) value = (value << 8) | static_cast<unsigned char>(c);
    if (bytes == 4) return static_cast<std::int32_t>(value);
    return static_cast<std::int64_t>(value);
  }

  std::string_view rest() const { return rest_; }
  bool broken = false;

 private:
  std::string_view rest_;
};

struct Counts {
  std::size_t utc = 0, standard = 0, leaps = 0, times = 0, kinds = 0, letters = 0;
};

std::optional<Counts> header(ZoneReader& reader, char& version) {
  const auto mark = reader.take(20);
  if (!mark || !mark->starts_with("TZif")) return std::nullopt;
  version = (*mark)[4];
  Counts counts;
  for (std::size_t* count :
       {&counts.utc, &counts.standard, &counts.leaps, &counts.times, &counts.kinds, &counts.letters}) {
    const auto number = reader.number(4);
    if (number < 0 || number > 100000) return std::nullopt;
    *count = static_cast<std::size_t>(number);
  }
  return reader.broken ? std::nullopt : std::optional(counts);
}

bool read_changes(ZoneReader& reader, const Counts& counts, std::size_t width, Zone& zone) {
  std::vector<std::int64_t> times;
  for (std::size_t i = 0; i < counts.times; ++i) times.push_back(reader.number(width));
  const auto indices = reader.take(counts.times);
  struct ZoneKind {
    int offset;
    std::size_t name;
    bool summer;
  };
  std::vector<ZoneKind> kinds;
  for (std::size_t i = 0; i < counts.kinds; ++i) {
    const auto offset = static_cast<int>(reader.number(4));
    const bool summer = reader.number(1) != 0;
    kinds.push_back({offset, static_cast<std::size_t>(reader.number(1)), summer});
  }
  const auto letters = reader.take(counts.letters);
  reader.take(counts.leaps * (width + 4) + counts.standard + counts.utc);
  if (reader.broken || !indices || !letters || kinds.empty()) return false;
  const auto change = [&](std::int64_t from, std::size_t kind) {
    const auto name = letters->substr(std::min(kinds[kind].name, letters->size()));
    zone.changes.push_back(
        {from, kinds[kind].offset, std::string(name.substr(0, name.find('\0'))), kinds[kind].summer});
  };
  change(INT64_MIN, 0);
  for (std::size_t i = 0; i < times.size(); ++i) {
    const auto kind = static_cast<unsigned char>((*indices)[i]);
    if (kind >= kinds.size()) return false;
    change(times[i], kind);
  }
  return true;
}

/// The rule for what comes after the last change: `CET-1CEST,M3.5.0,M10.5.0/3`.
class Rule {
 public:
  explicit Rule(std::string_view text) : rest_(text) {}

  void extend(Zone& zone) {
    Zone::Change standard{0, 0, name(), false}, summer;
    standard.offset = -offset();
    if (rest_.empty() || bad_) return;
    summer.name = name();
    summer.summer = true;
    summer.offset = !rest_.empty() && rest_[0] != ',' ? -offset() : standard.offset + 3600;
    const auto start = day(), end = day();
    if (bad_) return;
    const auto last = zone.changes.back().from;
    for (int year = 1970; year < 2100; ++year) {
      summer.from = at(start, year) - standard.offset;
      standard.from = at(end, year) - summer.offset;
      const bool summer_first = summer.from < standard.from;
      for (const auto* change : {summer_first ? &summer : &standard, summer_first ? &standard : &summer})
        if (change->from > last) zone.changes.push_back(*change);
    }
  }

 private:
  struct Day {
    int month = 0, week = 0, week_day = 0, seconds = 7200;
  };

  int number() {
    int value = 0;
    std::size_t digits = 0;
    for (; digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9' && value < 10000; ++digits)
      value = value * 10 + (rest_[digits] - '0');
    rest_.remove_prefix(digits);
    bad_ = bad_ || digits == 0;
    return value;
  }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string name() {
    const bool marked = take('<');
    const auto is_name = [&](char c) { return marked ? c != '>' : (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_name);
    std::string found(rest_.begin(), end);
    rest_.remove_prefix(found.size());
    if (marked) take('>');
    return found;
  }

  int offset() {
    const bool negative = take('-');
    if (!negative) take('+');
    int seconds = number() * 3600;
    if (take(':')) seconds += number() * 60;
    if (take(':')) seconds += number();
    return negative ? -seconds : seconds;
  }

  Day day() {
    Day day;
    bad_ = bad_ || !take(',') || !take('M');
    if (bad_) return day;
    day.month = number();
    bad_ = bad_ || !take('.');
    day.week = number();
    bad_ = bad_ || !take('.');
    day.week_day = number();
    if (take('/')) day.seconds = offset();
    bad_ = bad_ || day.month < 1 || day.month > 12 || day.week < 1 || day.week > 5 || day.week_day > 6;
    return day;
  }

  static std::int64_t at(const Day& day, int year) {
    Date date;
    date.year = year;
    date.month = day.month;
    date.day = 1;
    Moment first{seconds_of(date), 0, Zone::utc()};
    const int first_week_day = date_of(first).week_day;
    int number = 1 + (day.week_day - first_week_day + 7) % 7 + (day.week - 1) * 7;
    while (number > days_in(day.month, year)) number -= 7;
    return first.seconds + (number - 1) * std::int64_t{86400} + day.seconds;
  }

  std::string_view rest_;
  bool bad_ = false;
};

}  // namespace

std::shared_ptr<const Zone> zone_of(const std::string& name, std::string_view file) {
  ZoneReader reader(file);
  char version = 0;
  auto counts = header(reader, version);
  if (!counts) return nullptr;
  auto zone = std::make_shared<Zone>();
  zone->name = name;
  if (version == 0) return read_changes(reader, *counts, 4, *zone) ? zone : nullptr;
  if (!reader.take(counts->times * 5 + counts->kinds * 6 + counts->letters + counts->leaps * 8 + counts->standard +
                   counts->utc))
    return nullptr;
  counts = header(reader, version);
  if (!counts || !read_changes(reader, *counts, 8, *zone)) return nullptr;
  auto rule = reader.rest();
  if (rule.starts_with('\n')) Rule(rule.substr(1, rule.find('\n', 1) - 1)).extend(*zone);
  return zone;
}

}  // namespace gpuctl::chart::go
