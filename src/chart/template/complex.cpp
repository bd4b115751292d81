#include "chart/template/complex.hpp"

#include "chart/go/number.hpp"

namespace gpuctl::chart {

namespace {

class Complex final : public Object {
 public:
  Complex(double real, double imaginary) : real_(real), imaginary_(imaginary) {}

  std::string type() const override { return "complex128"; }
  std::string kind() const override { return "complex128"; }
  bool truth() const override { return real_ != 0 || imaginary_ != 0; }
  std::string text() const override {
    const std::string imaginary = go::format_float(imaginary_, 'g', -1);
    const bool has_sign = imaginary.front() == '-' || imaginary.front() == '+';
    return '(' + go::format_float(real_, 'g', -1) + (has_sign ? "" : "+") + imaginary + "i)";
  }

 private:
  double real_, imaginary_;
};

}  // namespace

Value complex_value(double real, double imaginary) {
  return Value(std::make_shared<Complex>(real, imaginary));
}

}  // namespace gpuctl::chart
