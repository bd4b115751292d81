#include "chart/functions/functions.hpp"

namespace gpuctl::chart {

const Functions& sprig_functions() {
  static const Functions all;
  return all;
}

const Functions& helm_functions() {
  static const Functions all;
  return all;
}

}  // namespace gpuctl::chart
