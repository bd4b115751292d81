#pragma once

#include <string>
#include <string_view>

namespace gpuctl::util {

/// Lower-case hex.
std::string sha256_hex(std::string_view bytes);
/// Lower-case hex of a digest by OpenSSL's name for it: `SHA512`. Throws std::runtime_error where there is none.
std::string digest_hex(const char* name, std::string_view bytes);
/// Upper-case hex, as OpenPGP fingerprints are written.
std::string sha1_hex_upper(std::string_view bytes);
/// `n` random bytes from the system's generator as lower-case hex.
std::string random_hex(std::size_t n);

}  // namespace gpuctl::util
