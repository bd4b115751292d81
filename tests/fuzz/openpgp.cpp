#include "util/openpgp.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "util/openpgp_packet.hpp"

using namespace gpuctl::util;

/// Whatever the bytes: no crash, and taking a key out and putting it aside are two halves of one thing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    if (openpgp::to_binary(bytes) != openpgp::to_binary(openpgp::armour(openpgp::to_binary(bytes)))) std::abort();
    for (const auto& key : openpgp::public_keys(bytes)) {
      if (openpgp::public_keys(openpgp::only(bytes, key.fingerprint)).size() != 1) std::abort();
      for (const auto& other : openpgp::public_keys(openpgp::without(bytes, key.fingerprint)))
        if (other.fingerprint == key.fingerprint) std::abort();
    }
  } catch (const openpgp::Malformed&) {
  }
  return 0;
}
