#include "chart/functions/decimal.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "chart/number.hpp"

namespace gpuctl::chart {

Decimal::Decimal(bool negative, Digits digits, int exponent)
    : negative_(negative), digits_(std::move(digits)), exponent_(exponent) {
  while (!digits_.empty() && digits_.back() == 0) digits_.pop_back();
  if (digits_.empty()) negative_ = false;
}

Decimal Decimal::of(double number) {
  const auto shortest_digits = shortest(number);
  Digits digits;
  for (auto at = shortest_digits.digits.rbegin(); at != shortest_digits.digits.rend(); ++at)
    digits.push_back(static_cast<std::int8_t>(*at - '0'));
  return {shortest_digits.negative, std::move(digits),
          shortest_digits.point - static_cast<int>(shortest_digits.digits.size())};
}

double Decimal::nearest() const {
  std::string text = negative_ ? "-" : "";
  for (auto at = digits_.rbegin(); at != digits_.rend(); ++at) text += static_cast<char>('0' + *at);
  if (digits_.empty()) text += "0";
  return std::strtod((text + "e" + std::to_string(exponent_)).c_str(), nullptr);
}

int Decimal::compare(const Digits& a, const Digits& b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  for (auto i = a.size(); i-- > 0;)
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

Decimal::Digits Decimal::sum(const Digits& a, const Digits& b) {
  Digits result;
  int carry = 0;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry; ++i) {
    const int digit = carry + (i < a.size() ? a[i] : 0) + (i < b.size() ? b[i] : 0);
    result.push_back(static_cast<std::int8_t>(digit % 10));
    carry = digit / 10;
  }
  return result;
}

/// `a` is not less than `b`.
Decimal::Digits Decimal::difference(const Digits& a, const Digits& b) {
  Digits result;
  int borrowed = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    int digit = a[i] - borrowed - (i < b.size() ? b[i] : 0);
    borrowed = digit < 0 ? 1 : 0;
    if (digit < 0) digit += 10;
    result.push_back(static_cast<std::int8_t>(digit));
  }
  while (!result.empty() && result.back() == 0) result.pop_back();
  return result;
}

Decimal::Digits Decimal::shifted(const Digits& digits, int places) {
  if (digits.empty()) return {};
  Digits result(static_cast<std::size_t>(places), 0);
  result.insert(result.end(), digits.begin(), digits.end());
  return result;
}

Decimal operator+(const Decimal& a, const Decimal& b) {
  const int exponent = std::min(a.exponent_, b.exponent_);
  const auto x = Decimal::shifted(a.digits_, a.exponent_ - exponent);
  const auto y = Decimal::shifted(b.digits_, b.exponent_ - exponent);
  if (a.negative_ == b.negative_) return {a.negative_, Decimal::sum(x, y), exponent};
  const bool first_larger = Decimal::compare(x, y) >= 0;
  return {first_larger ? a.negative_ : b.negative_,
          first_larger ? Decimal::difference(x, y) : Decimal::difference(y, x), exponent};
}

Decimal operator-(const Decimal& a, const Decimal& b) {
  Decimal less = b;
  less.negative_ = !less.negative_ && !less.is_zero();
  return a + less;
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  Decimal::Digits result(a.digits_.size() + b.digits_.size(), 0);
  for (std::size_t i = 0; i < a.digits_.size(); ++i) {
    int carry = 0;
    for (std::size_t j = 0; j < b.digits_.size() || carry; ++j) {
      const int digit = result[i + j] + carry + (j < b.digits_.size() ? a.digits_[i] * b.digits_[j] : 0);
      result[i + j] = static_cast<std::int8_t>(digit % 10);
      carry = digit / 10;
    }
  }
  return {a.negative_ != b.negative_, std::move(result), a.exponent_ + b.exponent_};
}

Decimal operator/(const Decimal& a, const Decimal& b) {
  constexpr int places = 16;
  // One of the two is lengthened, so that the quotient of the digits counts units of the last place.
  const int lengthen = a.exponent_ - b.exponent_ + places;
  const auto dividend = Decimal::shifted(a.digits_, std::max(lengthen, 0));
  const auto divisor = Decimal::shifted(b.digits_, std::max(-lengthen, 0));
  Decimal::Digits quotient(dividend.size(), 0), rest;
  for (auto i = dividend.size(); i-- > 0;) {
    rest.insert(rest.begin(), dividend[i]);
    while (!rest.empty() && rest.back() == 0) rest.pop_back();
    for (; Decimal::compare(rest, divisor) >= 0; ++quotient[i]) rest = Decimal::difference(rest, divisor);
  }
  while (!quotient.empty() && quotient.back() == 0) quotient.pop_back();
  if (Decimal::compare(Decimal::sum(rest, rest), divisor) >= 0) quotient = Decimal::sum(quotient, {1});
  return {a.negative_ != b.negative_, std::move(quotient), -places};
}

}  // namespace gpuctl::chart
