#include "chart/go/slice.hpp"

#include <algorithm>
#include <iterator>

namespace gpuctl::chart::go {

namespace {

// The sizes in bytes that Go's allocator has; what is larger is of whole pages (runtime/sizeclasses.go).
constexpr std::size_t sizes[] = {
    8,    16,   24,   32,    48,    64,    80,    96,    112,   128,   144,   160,   176,   192,   208,   224,   240,
    256,  288,  320,  352,   384,   416,   448,   480,   512,   576,   640,   704,   768,   896,   1024,  1152,  1280,
    1408, 1536, 1792, 2048,  2304,  2688,  3072,  3200,  3456,  4096,  4864,  5120,  5376,  6144,  6528,  6784,  6912,
    8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768};
constexpr std::size_t page = 8192;
constexpr std::size_t header = 8;       ///< of what holds pointers, in front of it,
constexpr std::size_t unheaded = 512;   ///< unless it is no larger
constexpr std::size_t slow_from = 256;  ///< from this capacity on a slice no longer doubles

std::size_t wanted(std::size_t length, std::size_t capacity) {
  if (length > 2 * capacity) return length;
  if (capacity < slow_from) return 2 * capacity;
  while (capacity < length) capacity += (capacity + 3 * slow_from) / 4;
  return capacity;
}

std::size_t rounded(std::size_t bytes, bool pointers) {
  const std::size_t in_front = pointers && bytes > unheaded ? header : 0;
  const auto* const size = std::lower_bound(std::begin(sizes), std::end(sizes), bytes + in_front);
  if (size != std::end(sizes)) return *size - in_front;
  return (bytes + page - 1) / page * page;
}

}  // namespace

std::size_t appended_capacity(std::size_t length, std::size_t capacity, Room room) {
  if (length <= capacity) return capacity;
  const std::size_t element = room == Room::pair ? 16 : 8;
  return rounded(wanted(length, capacity) * element, room == Room::pair) / element;
}

std::size_t grown_capacity(std::size_t length, Room room) {
  std::size_t capacity = 0;
  while (capacity < length) capacity = appended_capacity(capacity + 1, capacity, room);
  return capacity;
}

}  // namespace gpuctl::chart::go
