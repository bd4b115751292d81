#include "chart/values/words.hpp"

#include "chart/go/print.hpp"

namespace gpuctl::chart {

std::string go_text(std::string_view verb, const Value& value) {
  return go::sprintf(verb, std::span(&value, 1));
}

}  // namespace gpuctl::chart
