#include "chart/functions/go_panic.hpp"

namespace gpuctl::chart {

namespace {

std::string number(std::int64_t n) {
  return std::to_string(n);
}

CallError out_of_bounds(const std::string& what) {
  return CallError("runtime error: slice bounds out of range " + what);
}

}  // namespace

CallError nil_dereference() {
  return CallError("runtime error: invalid memory address or nil pointer dereference");
}

std::string sliced(const std::string& text, std::int64_t start, std::int64_t end) {
  const auto size = static_cast<std::int64_t>(text.size());
  if (end < 0) throw out_of_bounds("[:" + number(end) + "]");
  if (end > size) throw out_of_bounds("[:" + number(end) + "] with length " + number(size));
  if (start < 0) throw out_of_bounds("[" + number(start) + ":]");
  if (start > end) throw out_of_bounds("[" + number(start) + ":" + number(end) + "]");
  return text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start));
}

std::string sliced_from(const std::string& text, std::int64_t start) {
  return sliced(text, start, static_cast<std::int64_t>(text.size()));
}

std::string sliced_to(const std::string& text, std::int64_t end) {
  return sliced(text, 0, end);
}

std::string repeated(const std::string& text, std::int64_t count) {
  if (count < 0) throw CallError("strings: negative Repeat count");
  const auto times = static_cast<std::size_t>(count);
  if (!text.empty() && times > SIZE_MAX / 2 / text.size()) throw CallError("strings: Repeat output length overflow");
  if (text.size() * times > longest_text) throw CallError("strings: the text would be longer than 256 MiB");
  if (text.empty()) return {};
  if (text.size() == 1) return std::string(times, text[0]);
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace gpuctl::chart
