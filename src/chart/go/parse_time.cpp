#include <algorithm>
#include <optional>

#include "chart/go/layout.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart::go {

namespace {

/// As package time quotes texts in its errors.
std::string shown(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || byte < ' ') {
      out += "\\x";
      out += "0123456789abcdef"[byte >> 4];
      out += "0123456789abcdef"[byte & 0xf];
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

class TimeParser {
 public:
  TimeParser(std::string_view layout, std::string_view text, std::shared_ptr<const Zone> local)
      : layout_(layout), text_(text), rest_(text), local_(std::move(local)) {}

  Moment parsed() {
    for (std::string_view layout = layout_;;) {
      const Step step = next_step(layout);
      if (!skip(step.before)) throw mismatch(step.before, rest_);
      if (step.element == LayoutElement::none) break;
      const auto hold = rest_;
      following_ = layout;
      const bool well = take(step);
      if (!range_.empty()) throw TimeError("parsing time " + shown(text_) + ": " + range_ + " out of range");
      if (!well) throw mismatch(step.text, hold);
    }
    if (!rest_.empty()) throw TimeError("parsing time " + shown(text_) + ": extra text: " + shown(rest_));
    return finished();
  }

 private:
  TimeError mismatch(std::string_view element, std::string_view at) const {
    return TimeError("parsing time " + shown(text_) + " as " + shown(layout_) + ": cannot parse " + shown(at) + " as " +
                     shown(element));
  }

  TimeError out_of_range(const char* what) const { return TimeError("parsing time " + shown(text_) + ": " + what); }

  /// The literal text; a blank stands for any number of them.
  bool skip(std::string_view literal) {
    while (!literal.empty()) {
      if (literal[0] == ' ') {
        if (!rest_.empty() && rest_[0] != ' ') return false;
        literal.remove_prefix(std::min(literal.find_first_not_of(' '), literal.size()));
        rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
        continue;
      }
      if (rest_.empty() || rest_[0] != literal[0]) return false;
      literal.remove_prefix(1);
      rest_.remove_prefix(1);
    }
    return true;
  }

  /// One digit or two, or with `fixed` just `most`.
  bool number(int& into, std::size_t most, bool fixed) {
    std::size_t size = 0;
    int value = 0;
    while (size < most && size < rest_.size() && util::is_digit(rest_[size]))
      value = value * 10 + (rest_[size++] - '0');
    if (size == 0 || (fixed && size < most)) return false;
    rest_.remove_prefix(size);
    into = value;
    return true;
  }

  bool in_range(bool well, const int& value, int least, int most, const char* what) {
    if (well && (value < least || value > most)) range_ = what;
    return well;
  }

  template <class Name>
  bool name(int& into, int count, int first, std::size_t length, Name name_of) {
    for (int i = 0; i < count; ++i) {
      const auto wanted = name_of(i + first).substr(0, length);
      if (rest_.size() < wanted.size()) continue;
      const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
      if (!std::equal(wanted.begin(), wanted.end(), rest_.begin(), same)) continue;
      rest_.remove_prefix(wanted.size());
      into = i + first;
      return true;
    }
    return false;
  }

  bool noon(std::string_view after, std::string_view before) {
    if (rest_.size() < 2) return false;
    const auto word = rest_.substr(0, 2);
    rest_.remove_prefix(2);
    afternoon_ = word == after;
    morning_ = word == before;
    return afternoon_ || morning_;
  }

  bool long_year() {
    int read = 0;
    if (!number(read, 4, true)) return false;
    date_.year = read;
    return true;
  }

  /// Two digits, the first of which may be a sign: Go reads them as any number.
  bool short_year() {
    if (rest_.size() < 2) return false;
    const bool sign = rest_[0] == '+' || rest_[0] == '-';
    if ((!sign && !util::is_digit(rest_[0])) || !util::is_digit(rest_[1])) return false;
    int read = (sign ? 0 : rest_[0] - '0') * 10 + (rest_[1] - '0');
    if (rest_[0] == '-') read = -read;
    rest_.remove_prefix(2);
    date_.year = read >= 69 ? read + 1900 : read + 2000;
    return true;
  }

  void fraction(std::size_t size) {
    std::string digits(rest_.substr(1, size));
    digits.resize(9, '0');
    nanoseconds_ = std::stoi(digits);
    rest_.remove_prefix(size + 1);
  }

  std::size_t fraction_digits() const {
    if (rest_.size() < 2 || (rest_[0] != '.' && rest_[0] != ',')) return 0;
    const auto end = std::find_if_not(rest_.begin() + 1, rest_.end(), util::is_digit);
    return static_cast<std::size_t>(end - rest_.begin()) - 1;
  }

  /// A fraction may follow the second though the layout has none.
  bool second(bool fixed) {
    if (!in_range(number(date_.second, 2, fixed), date_.second, 0, 59, "second")) return false;
    if (!range_.empty()) return true;
    std::string_view layout = following_;
    const auto next = next_step(layout).element;
    if (next == LayoutElement::fraction || next == LayoutElement::short_fraction) return true;
    if (const auto digits = fraction_digits()) fraction(digits);
    return true;
  }

  bool exact_fraction(std::size_t digits) {
    if (rest_.size() < digits + 1 || (rest_[0] != '.' && rest_[0] != ',')) return false;
    if (!std::all_of(rest_.begin() + 1, rest_.begin() + 1 + static_cast<long>(digits), util::is_digit)) return false;
    fraction(digits);
    return true;
  }

  bool offset(std::string_view form) {
    if (form[0] == 'Z' && rest_.starts_with('Z')) {
      rest_.remove_prefix(1);
      zone_ = Zone::utc();
      return true;
    }
    if (rest_.size() < form.size()) return false;
    const bool colon = form.find(':') != form.npos;
    const auto text = rest_.substr(0, form.size());
    rest_.remove_prefix(form.size());
    int parts[3] = {0, 0, 0};
    std::size_t at = 1;
    for (int& part : parts) {
      if (at >= text.size()) break;
      if (&part != parts && colon && text[at++] != ':') return false;
      if (!util::is_digit(text[at]) || !util::is_digit(text[at + 1])) return false;
      part = (text[at] - '0') * 10 + (text[at + 1] - '0');
      at += 2;
    }
    if (parts[0] > 24) range_ = "time zone offset hour";
    if (parts[1] > 60) range_ = "time zone offset minute";
    if (parts[2] > 60) range_ = "time zone offset second";
    if (text[0] != '+' && text[0] != '-') return false;
    const int size = (parts[0] * 60 + parts[1]) * 60 + parts[2];
    offset_ = text[0] == '-' ? -size : size;
    return true;
  }

  static std::size_t signed_offset(std::string_view text) {
    if (text.empty() || (text[0] != '-' && text[0] != '+')) return 0;
    std::size_t end = 1;
    int value = 0;
    for (; end < text.size() && util::is_digit(text[end]); ++end)
      value = std::min(value * 10 + (text[end] - '0'), 1000);
    return end == 1 || value > 23 ? 0 : end;
  }

  std::size_t zone_name_length() const {
    if (rest_.size() < 3) return 0;
    if (rest_.starts_with("ChST") || rest_.starts_with("MeST")) return 4;
    if (rest_.starts_with("GMT")) return 3 + signed_offset(rest_.substr(3));
    if (rest_[0] == '+' || rest_[0] == '-') return signed_offset(rest_);
    std::size_t upper = 0;
    while (upper < 6 && upper < rest_.size() && rest_[upper] >= 'A' && rest_[upper] <= 'Z') ++upper;
    if (upper == 5) return rest_[4] == 'T' ? 5 : 0;
    if (upper == 4) return rest_[3] == 'T' || rest_.starts_with("WITA") ? 4 : 0;
    return upper == 3 ? 3 : 0;
  }

  bool zone_name() {
    if (rest_.starts_with("UTC")) {
      rest_.remove_prefix(3);
      zone_ = Zone::utc();
      return true;
    }
    const auto length = zone_name_length();
    if (length == 0) return false;
    name_ = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return true;
  }

  bool take(const Step& step) {
    if (step.element == LayoutElement::none) return true;
    const auto date = take_date(step);
    return date ? *date : take_clock(step);
  }

  /// Empty: the step is no part of a date.
  std::optional<bool> take_date(const Step& step) {
    const bool two = step.text.size() == 2;
    int ignored = 0;
    switch (step.element) {
      case LayoutElement::long_month:
        return name(month_, 12, 1, 20, month_name);
      case LayoutElement::month:
        return name(month_, 12, 1, 3, month_name);
      case LayoutElement::number_month:
      case LayoutElement::zero_month:
        return in_range(number(month_, 2, two), month_, 1, 12, "month");
      case LayoutElement::long_week_day:
        return name(ignored, 7, 0, 20, week_day_name);
      case LayoutElement::week_day:
        return name(ignored, 7, 0, 3, week_day_name);
      case LayoutElement::under_day:
        if (rest_.starts_with(' ')) rest_.remove_prefix(1);
        return number(day_, 2, false);
      case LayoutElement::day:
      case LayoutElement::zero_day:
        return number(day_, 2, two);
      case LayoutElement::under_year_day:
        for (int i = 0; i < 2 && rest_.starts_with(' '); ++i) rest_.remove_prefix(1);
        return number(year_day_, 3, false);
      case LayoutElement::zero_year_day:
        return number(year_day_, 3, true);
      case LayoutElement::long_year:
        return long_year();
      case LayoutElement::year:
        return short_year();
      default:
        return std::nullopt;
    }
  }

  bool take_clock(const Step& step) {
    const bool two = step.text.size() == 2;
    switch (step.element) {
      case LayoutElement::hour:
        return in_range(number(date_.hour, 2, false), date_.hour, 0, 23, "hour");
      case LayoutElement::hour12:
      case LayoutElement::zero_hour12:
        return in_range(number(date_.hour, 2, two), date_.hour, 0, 12, "hour");
      case LayoutElement::minute:
      case LayoutElement::zero_minute:
        return in_range(number(date_.minute, 2, two), date_.minute, 0, 59, "minute");
      case LayoutElement::second:
      case LayoutElement::zero_second:
        return second(two);
      case LayoutElement::upper_noon:
        return noon("PM", "AM");
      case LayoutElement::lower_noon:
        return noon("pm", "am");
      case LayoutElement::zone_name:
        return zone_name();
      case LayoutElement::offset:
        return offset(step.text);
      case LayoutElement::fraction:
        return exact_fraction(step.text.size() - 1);
      case LayoutElement::short_fraction:
        if (const auto digits = fraction_digits()) fraction(digits);
        return true;
      default:
        return false;
    }
  }

  void day_of_year() {
    const bool leap = days_in(2, date_.year) == 29;
    if (year_day_ < 1 || year_day_ > (leap ? 366 : 365)) throw out_of_range("day-of-year out of range");
    int month = 1, day = year_day_;
    for (; day > days_in(month, date_.year); ++month) day -= days_in(month, date_.year);
    if (month_ >= 0 && month_ != month) throw out_of_range("day-of-year does not match month");
    if (day_ >= 0 && day_ != day) throw out_of_range("day-of-year does not match day");
    month_ = month;
    day_ = day;
  }

  Moment finished() {
    if (afternoon_ && date_.hour < 12) date_.hour += 12;
    if (morning_ && date_.hour == 12) date_.hour = 0;
    if (year_day_ >= 0) day_of_year();
    date_.month = month_ < 0 ? 1 : month_;
    date_.day = day_ < 0 ? 1 : day_;
    if (date_.day < 1 || date_.day > days_in(date_.month, date_.year)) throw out_of_range("day out of range");
    Moment moment;
    moment.seconds = seconds_of(date_);
    moment.nanoseconds = nanoseconds_;
    place(moment);
    return moment;
  }

  /// The time was read as if in UTC.
  void place(Moment& moment) {
    moment.zone = local_;
    if (zone_) {
      moment.zone = zone_;
    } else if (offset_) {
      moment.seconds -= *offset_;
      const auto& here = local_->at(moment.seconds);
      if (here.offset != *offset_ || (!name_.empty() && here.name != name_)) moment.zone = Zone::fixed(name_, *offset_);
    } else if (!name_.empty()) {
      by_name(moment);
    } else {
      moment.seconds -= local_->at(moment.seconds - local_->at(moment.seconds).offset).offset;
    }
  }

  void by_name(Moment& moment) {
    for (const auto& change : local_->changes)
      if (change.name == name_) {
        moment.seconds -= change.offset;
        return;
      }
    int hours = 0;
    if (name_.size() > 4 && name_.starts_with("GMT")) hours = std::stoi(name_.substr(3));
    moment.seconds -= 0;
    moment.zone = Zone::fixed(name_, hours * 3600);
  }

  std::string_view layout_, text_, rest_, following_;
  std::shared_ptr<const Zone> local_, zone_;
  Date date_{0};
  int month_ = -1, day_ = -1, year_day_ = -1, nanoseconds_ = 0;
  bool afternoon_ = false, morning_ = false;
  std::optional<int> offset_;
  std::string name_, range_;
};

}  // namespace

Moment parse_time(std::string_view layout, std::string_view text, const std::shared_ptr<const Zone>& local) {
  return TimeParser(layout, text, local).parsed();
}

}  // namespace gpuctl::chart::go
