#include "host/cksum.hpp"

#include <array>

namespace gpuctl::host {

namespace {

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t value = byte << 24;
    for (int bit = 0; bit < 8; ++bit) value = (value << 1) ^ (value >> 31 ? 0x04c11db7U : 0);
    table[byte] = value;
  }
  return table;
}

constexpr auto table = make_table();

constexpr std::uint32_t fed(std::uint32_t sum, std::uint32_t byte) {
  return (sum << 8) ^ table[((sum >> 24) ^ byte) & 0xff];
}

}  // namespace

std::uint32_t cksum(std::string_view bytes) {
  std::uint32_t sum = 0;
  for (const char byte : bytes) sum = fed(sum, static_cast<unsigned char>(byte));
  for (auto length = bytes.size(); length > 0; length >>= 8) sum = fed(sum, static_cast<std::uint32_t>(length & 0xff));
  return ~sum;
}

}  // namespace gpuctl::host
