#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace gpuctl::util::openpgp {

/// Packet types that a keyring may hold (RFC 9580, 5), and those to be refused by name.
enum class Tag {
  signature = 2,
  secret_key = 5,
  public_key = 6,
  secret_subkey = 7,
  marker = 10,
  trust = 12,
  user_id = 13,
  public_subkey = 14,
  user_attribute = 17,
  padding = 21,
};

struct Packet {
  Tag tag;
  std::string_view body;
  std::size_t begin = 0;  ///< of its header
  std::size_t end = 0;    ///< behind its body
};

/// Walks over the packets of binary bytes, which outlive it. Never reads outside them, and each step consumes at least
/// two bytes.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  /// Nothing at the end. Throws Malformed: not a packet, cut off, a length that only data packets may have.
  std::optional<Packet> next();

 private:
  unsigned octet();
  std::size_t old_length(unsigned kind);
  std::size_t new_length();
  std::size_t number(unsigned octets);

  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace gpuctl::util::openpgp
