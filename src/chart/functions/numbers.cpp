#include <cmath>
#include <limits>

#include "chart/functions/cast.hpp"
#include "chart/functions/decimal.hpp"
#include "chart/functions/tables.hpp"
#include "chart/go/slice.hpp"
#include "chart/number.hpp"

// Sums. Those of integers are made in int64 and wrap as Go's do; those of floats in decimals, as Sprig makes them.

namespace gpuctl::chart {

namespace {

std::uint64_t bits(const Value& value) {
  return static_cast<std::uint64_t>(to_int64(value));
}
Value from_bits(std::uint64_t n) {
  return Value::of_int64(static_cast<std::int64_t>(n));
}

Value add(Call& call) {
  std::uint64_t sum = 0;
  for (const Value& arg : call.args) sum += bits(arg);
  return from_bits(sum);
}
Value add1(Call& call) {
  return from_bits(bits(call.args[0]) + 1);
}
Value sub(Call& call) {
  return from_bits(bits(call.args[0]) - bits(call.args[1]));
}
Value mul(Call& call) {
  std::uint64_t product = 1;
  for (const Value& arg : call.args) product *= bits(arg);
  return from_bits(product);
}

std::int64_t divisor(const Value& value) {
  const auto by = to_int64(value);
  if (by == 0) throw CallError("runtime error: integer divide by zero");
  return by;
}

Value div(Call& call) {
  const auto by = divisor(call.args[1]);
  if (by == -1) return from_bits(0 - bits(call.args[0]));
  return Value::of_int64(to_int64(call.args[0]) / by);
}
Value mod(Call& call) {
  const auto by = divisor(call.args[1]);
  if (by == -1) return Value::of_int64(0);
  return Value::of_int64(to_int64(call.args[0]) % by);
}

Value max(Call& call) {
  auto best = to_int64(call.args[0]);
  for (const Value& arg : call.args) best = std::max(best, to_int64(arg));
  return Value::of_int64(best);
}
Value min(Call& call) {
  auto best = to_int64(call.args[0]);
  for (const Value& arg : call.args) best = std::min(best, to_int64(arg));
  return Value::of_int64(best);
}

/// Go's math.Max and math.Min: NaN wins, and 0 is more than -0.
double more(double a, double b) {
  if (std::isinf(a) && a > 0) return a;
  if (std::isinf(b) && b > 0) return b;
  if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<double>::quiet_NaN();
  if (a == 0 && b == 0) return std::signbit(a) ? b : a;
  return a > b ? a : b;
}
double less(double a, double b) {
  return -more(-a, -b);
}

Value maxf(Call& call) {
  double best = to_float64(call.args[0]);
  for (const Value& arg : call.args.subspan(1)) best = more(best, to_float64(arg));
  return Value::of_float(best);
}
Value minf(Call& call) {
  double best = to_float64(call.args[0]);
  for (const Value& arg : call.args.subspan(1)) best = less(best, to_float64(arg));
  return Value::of_float(best);
}

Decimal decimal(const Value& value) {
  const double number = to_float64(value);
  if (std::isnan(number) || std::isinf(number)) throw CallError("Cannot create a Decimal from " + print_float(number));
  return Decimal::of(number);
}

template <class Step>
Value over_all(Decimal result, std::span<const Value> rest, Step step) {
  for (const Value& arg : rest) result = step(result, decimal(arg));
  return Value::of_float(result.nearest());
}

Value addf(Call& call) {
  return over_all(Decimal(), call.args, [](const Decimal& a, const Decimal& b) { return a + b; });
}
Value add1f(Call& call) {
  return over_all(Decimal::of(1), call.args, [](const Decimal& a, const Decimal& b) { return a + b; });
}
Value subf(Call& call) {
  return over_all(decimal(call.args[0]), call.args.subspan(1),
                  [](const Decimal& a, const Decimal& b) { return a - b; });
}
Value mulf(Call& call) {
  return over_all(decimal(call.args[0]), call.args.subspan(1),
                  [](const Decimal& a, const Decimal& b) { return a * b; });
}
Value divf(Call& call) {
  return over_all(decimal(call.args[0]), call.args.subspan(1), [](const Decimal& a, const Decimal& b) {
    if (b.is_zero()) throw CallError("decimal division by 0");
    return a / b;
  });
}

Value floor(Call& call) {
  return Value::of_float(std::floor(to_float64(call.args[0])));
}
Value ceil(Call& call) {
  return Value::of_float(std::ceil(to_float64(call.args[0])));
}
/// As Go's math.Pow reckons it, which C's pow does not to the last bit.
double power_of_ten(std::int64_t exponent) {
  constexpr int far = 1 << 12;
  constexpr double beyond = 9223372036854775808.0;
  const double size = std::fabs(static_cast<double>(exponent));
  if (size >= beyond) return exponent > 0 ? std::numeric_limits<double>::infinity() : 0;
  double product = 1;
  int product_exponent = 0, factor_exponent = 0;
  double factor = std::frexp(10.0, &factor_exponent);
  for (auto bits = static_cast<std::int64_t>(size); bits != 0; bits >>= 1) {
    if (factor_exponent < -far || factor_exponent > far) {
      product_exponent += factor_exponent;
      break;
    }
    if ((bits & 1) != 0) {
      product *= factor;
      product_exponent += factor_exponent;
    }
    factor *= factor;
    factor_exponent *= 2;
    if (factor < .5) {
      factor += factor;
      --factor_exponent;
    }
  }
  return exponent < 0 ? std::ldexp(1 / product, -product_exponent) : std::ldexp(product, product_exponent);
}

Value round(Call& call) {
  const double up_from = call.args.size() > 2 ? call.args[2].float64() : .5;
  const double power = power_of_ten(call.args[1].integer());
  const double digit = power * to_float64(call.args[0]);
  double whole = 0;
  const double part = std::modf(digit, &whole);
  return Value::of_float((part >= up_from ? std::ceil(digit) : std::floor(digit)) / power);
}

constexpr std::size_t most_steps = 10'000'000;  // no list of numbers is longer: a chart's memory has a bound

std::vector<std::int64_t> steps(std::int64_t start, std::int64_t stop, std::int64_t step) {
  std::vector<std::int64_t> all;
  if (stop < start ? step >= 0 : step <= 0) return all;
  for (auto i = start; stop < start ? i > stop : i < stop;) {
    if (all.size() == most_steps) throw CallError("the list would have more than ten million numbers");
    all.push_back(i);
    if (__builtin_add_overflow(i, step, &i)) break;
  }
  return all;
}

Value ints(const std::vector<std::int64_t>& numbers) {
  List list{Element::integer, {}};
  for (const auto n : numbers) list.items.push_back(Value::of_int(n));
  list.capacity = go::grown_capacity(numbers.size(), go::Room::word);
  return Value(std::move(list));
}

Value until(Call& call) {
  const auto count = call.args[0].integer();
  return ints(steps(0, count, count < 0 ? -1 : 1));
}
Value until_step(Call& call) {
  return ints(steps(call.args[0].integer(), call.args[1].integer(), call.args[2].integer()));
}

std::string joined(const std::vector<std::int64_t>& numbers) {
  std::string out;
  for (const auto n : numbers) {
    if (!out.empty()) out += ' ';
    out += std::to_string(n);
  }
  return out;
}

Value seq(Call& call) {
  const auto count = call.args.size();
  if (count == 0 || count > 3) return Value("");
  const auto start = count == 1 ? 1 : call.args[0].integer();
  const auto end = call.args.back().integer();
  const std::int64_t direction = end < start ? -1 : 1;
  const auto step = count == 3 ? call.args[1].integer() : direction;
  if (count == 3 && end < start && step > 0) return Value("");
  return Value(joined(steps(start, end + direction, step)));
}

}  // namespace

std::span<const Function> number_functions() {
  static const Function functions[] = {
      {"add", {Type::any}, true, add, "The sum"},
      {"add1", {Type::any}, false, add1, "One more"},
      {"sub", {Type::any, Type::any}, false, sub, "The difference"},
      {"mul", {Type::any, Type::any}, true, mul, "The product"},
      {"div", {Type::any, Type::any}, false, div, "The quotient, without its rest"},
      {"mod", {Type::any, Type::any}, false, mod, "The rest of a division"},
      {"max", {Type::any, Type::any}, true, max, "The greatest integer"},
      {"biggest", {Type::any, Type::any}, true, max, "The greatest integer"},
      {"min", {Type::any, Type::any}, true, min, "The least integer"},
      {"addf", {Type::any}, true, addf, "The sum of floats"},
      {"add1f", {Type::any}, false, add1f, "One more, as a float"},
      {"subf", {Type::any, Type::any}, true, subf, "The difference of floats"},
      {"mulf", {Type::any, Type::any}, true, mulf, "The product of floats"},
      {"divf", {Type::any, Type::any}, true, divf, "The quotient of floats"},
      {"maxf", {Type::any, Type::any}, true, maxf, "The greatest float"},
      {"minf", {Type::any, Type::any}, true, minf, "The least float"},
      {"floor", {Type::any}, false, floor, "The whole number below"},
      {"ceil", {Type::any}, false, ceil, "The whole number above"},
      {"round", {Type::any, Type::integer, Type::float64}, true, round, "Rounded to so many places"},
      {"until", {Type::integer}, false, until, "The integers from 0 to before a number"},
      {"untilStep",
       {Type::integer, Type::integer, Type::integer},
       false,
       until_step,
       "The integers from one to before another, by steps"},
      {"seq", {Type::integer}, true, seq, "Integers with blanks between, as the command seq writes them"},
  };
  return functions;
}

}  // namespace gpuctl::chart
