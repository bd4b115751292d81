#include "util/openpgp_packet.hpp"

#include "util/openpgp.hpp"

namespace gpuctl::util::openpgp {

unsigned Reader::octet() {
  if (at_ >= bytes_.size()) throw Malformed("cut off in the middle of a packet's header");
  return static_cast<unsigned char>(bytes_[at_++]);
}

std::size_t Reader::number(unsigned octets) {
  std::size_t out = 0;
  for (unsigned i = 0; i < octets; ++i) out = out << 8 | octet();
  return out;
}

std::size_t Reader::old_length(unsigned kind) {
  if (kind == 3) throw Malformed("a packet of indeterminate length, which no key may have");
  return number(1U << kind);
}

std::size_t Reader::new_length() {
  const unsigned first = octet();
  if (first < 192) return first;
  if (first < 224) return (static_cast<std::size_t>(first - 192) << 8) + octet() + 192;
  if (first < 255) throw Malformed("a packet in parts, which no key may be");
  return number(4);
}

std::optional<Packet> Reader::next() {
  if (at_ == bytes_.size()) return std::nullopt;
  const std::size_t begin = at_;
  const unsigned head = octet();
  if ((head & 0x80) == 0) throw Malformed("not an OpenPGP keyring");
  const bool modern = (head & 0x40) != 0;
  const auto tag = static_cast<Tag>(modern ? head & 63 : head >> 2 & 15);
  const std::size_t size = modern ? new_length() : old_length(head & 3);
  if (size > bytes_.size() - at_) throw Malformed("cut off in the middle of a packet");
  const Packet packet{tag, bytes_.substr(at_, size), begin, at_ + size};
  at_ += size;
  return packet;
}

}  // namespace gpuctl::util::openpgp
