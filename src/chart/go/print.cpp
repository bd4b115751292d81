#include "chart/go/print.hpp"

#include <algorithm>
#include <utility>

#include "chart/go/printer.hpp"
#include "chart/go/type_name.hpp"
#include "chart/go/unicode.hpp"

namespace gpuctl::chart::go {

namespace {

constexpr int largest = 1000000;  // of a width, a precision, an argument's index

/// One call of Sprintf.
class Formatter {
 public:
  Formatter(std::string_view format, std::span<const Value> values) : format_(format), values_(values) {}

  std::string run();

 private:
  bool directive();  ///< behind its %; false at the end of the format
  bool simple_flags();
  void index();
  void width();
  void precision();
  void star(bool& present, int& number);
  bool number(int& number);
  void verb(char32_t verb);
  void extra();

  bool at(char c) const { return position_ < format_.size() && format_[position_] == c; }
  bool at_digit() const { return position_ < format_.size() && format_[position_] >= '0' && format_[position_] <= '9'; }

  std::string_view format_;
  std::span<const Value> values_;
  Printer printer_;
  std::size_t position_ = 0, argument_ = 0;
  bool after_index_ = false, reordered_ = false, good_index_ = true;
};

std::string Formatter::run() {
  while (position_ < format_.size()) {
    const auto percent = std::min(format_.find('%', position_), format_.size());
    printer_.write(format_.substr(position_, percent - position_));
    position_ = percent + 1;
    if (percent == format_.size() || !directive()) break;
  }
  if (!reordered_ && argument_ < values_.size()) extra();
  return std::move(printer_.out);
}

/// Takes flags; true where a lower-case verb follows at once, which is then done.
bool Formatter::simple_flags() {
  for (; position_ < format_.size(); ++position_) {
    const char c = format_[position_];
    if (c == '#')
      printer_.flags.sharp = true;
    else if (c == '0')
      printer_.flags.zero = true;
    else if (c == '+')
      printer_.flags.plus = true;
    else if (c == '-')
      printer_.flags.minus = true;
    else if (c == ' ')
      printer_.flags.space = true;
    else if (c >= 'a' && c <= 'z' && argument_ < values_.size()) {
      ++position_;
      verb(static_cast<unsigned char>(c));
      return true;
    } else {
      return false;
    }
  }
  return false;
}

bool Formatter::directive() {
  good_index_ = true;
  printer_.flags = {};
  if (simple_flags()) return true;
  index();
  width();
  precision();
  if (!after_index_) index();
  if (position_ >= format_.size()) {
    printer_.write("%!(NOVERB)");
    return false;
  }
  const Rune rune = first_rune(format_.substr(position_));
  position_ += rune.length;
  std::string shown = "%!";
  append_rune(shown, rune.code);
  if (rune.code == '%')
    printer_.write("%");
  else if (!good_index_)
    printer_.write(shown + "(BADINDEX)");
  else if (argument_ >= values_.size())
    printer_.write(shown + "(MISSING)");
  else
    verb(rune.code);
  return true;
}

void Formatter::verb(char32_t verb) {
  Flags& flags = printer_.flags;
  if (verb == 'v' || verb == 'w') {
    flags.sharp_v = std::exchange(flags.sharp, false);
    flags.plus_v = std::exchange(flags.plus, false);
  }
  printer_.value(values_[argument_++], verb);
}

/// An index such as [3], which names the argument that comes next.
void Formatter::index() {
  after_index_ = false;
  if (!at('[')) return;
  reordered_ = true;
  const auto close = format_.find(']', position_);
  if (format_.size() - position_ < 3 || close == std::string_view::npos) {
    ++position_;
    good_index_ = false;
    return;
  }
  ++position_;
  int wanted = 0;
  const bool read = number(wanted) && position_ == close;
  position_ = close + 1;
  after_index_ = read;
  if (read && wanted >= 1 && static_cast<std::size_t>(wanted) <= values_.size())
    argument_ = static_cast<std::size_t>(wanted) - 1;
  else
    good_index_ = false;
}

/// Digits; false where there are none or too many, which ends the format.
bool Formatter::number(int& number) {
  number = 0;
  bool any = false;
  for (; at_digit(); ++position_) {
    if (number > largest) {
      number = 0;
      position_ = format_.size();
      return false;
    }
    number = number * 10 + (format_[position_] - '0');
    any = true;
  }
  return any;
}

void Formatter::star(bool& present, int& number) {
  ++position_;
  number = 0;
  present = false;
  if (argument_ >= values_.size()) return;
  const Value& value = values_[argument_++];
  if (!value.is_integer()) return;
  const std::int64_t held = value.integer();
  present = held >= -largest && held <= largest;
  if (present) number = static_cast<int>(held);
}

void Formatter::width() {
  Flags& flags = printer_.flags;
  if (at('*')) {
    star(flags.has_width, flags.width);
    if (!flags.has_width) printer_.write("%!(BADWIDTH)");
    if (flags.width < 0) {
      flags.width = -flags.width;
      flags.minus = true;
      flags.zero = false;
    }
    after_index_ = false;
    return;
  }
  flags.has_width = number(flags.width);
  if (after_index_ && flags.has_width) good_index_ = false;
}

void Formatter::precision() {
  Flags& flags = printer_.flags;
  if (!at('.') || position_ + 1 >= format_.size()) return;
  ++position_;
  if (after_index_) good_index_ = false;
  index();
  if (at('*')) {
    star(flags.has_precision, flags.precision);
    if (flags.precision < 0) {
      flags.precision = 0;
      flags.has_precision = false;
    }
    if (!flags.has_precision) printer_.write("%!(BADPREC)");
    after_index_ = false;
    return;
  }
  number(flags.precision);
  flags.has_precision = true;
}

void Formatter::extra() {
  printer_.flags = {};
  printer_.write("%!(EXTRA ");
  for (std::size_t i = argument_; i < values_.size(); ++i) {
    if (i > argument_) printer_.write(", ");
    if (!values_[i].is_nil()) printer_.write(type_name(values_[i]) + "=");
    printer_.value(values_[i], 'v');
  }
  printer_.write(")");
}

}  // namespace

std::string sprintf(std::string_view format, std::span<const Value> values) {
  return Formatter(format, values).run();
}

std::string sprint(std::span<const Value> values) {
  Printer printer;
  bool text_before = true;
  for (const Value& value : values) {
    const bool text = value.kind() == Kind::string;
    if (!text && !text_before) printer.write(" ");
    printer.value(value, 'v');
    text_before = text;
  }
  return std::move(printer.out);
}

std::string sprintln(std::span<const Value> values) {
  Printer printer;
  bool first = true;
  for (const Value& value : values) {
    if (!first) printer.write(" ");
    first = false;
    printer.value(value, 'v');
  }
  printer.write("\n");
  return std::move(printer.out);
}

void print(std::string& out, const Value& value) {
  if (value.kind() == Kind::string) {
    out += value.string();
    return;
  }
  Printer printer;
  printer.value(value, 'v');
  out += printer.out;
}

}  // namespace gpuctl::chart::go
