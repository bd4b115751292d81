#pragma once

#include <cstdint>
#include <vector>

namespace gpuctl::chart {

/// A decimal number of any length, as Sprig reckons floats in: DIGITS times ten to the power of `exponent`.
class Decimal {
 public:
  Decimal() = default;
  /// The number as its shortest digits are written. It must be finite.
  static Decimal of(double number);

  bool is_zero() const { return digits_.empty(); }
  double nearest() const;

  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b);
  friend Decimal operator*(const Decimal& a, const Decimal& b);
  /// To 16 places after the point, the last one rounded away from zero at a half.
  friend Decimal operator/(const Decimal& a, const Decimal& b);

 private:
  using Digits = std::vector<std::int8_t>;  // the least first; none at the end is 0

  Decimal(bool negative, Digits digits, int exponent);
  static int compare(const Digits& a, const Digits& b);
  static Digits sum(const Digits& a, const Digits& b);
  static Digits difference(const Digits& a, const Digits& b);
  static Digits shifted(const Digits& digits, int places);

  bool negative_ = false;
  Digits digits_;
  int exponent_ = 0;
};

}  // namespace gpuctl::chart
