#pragma once

#include <string>
#include <string_view>

namespace gpuctl::util {

// AES-256 in CBC mode over whole blocks of 16 bytes, without padding. The key has 32 bytes, the start value 16. Throws
// std::runtime_error where the library cannot.
std::string aes_encrypt(std::string_view key, std::string_view start, std::string_view blocks);
std::string aes_decrypt(std::string_view key, std::string_view start, std::string_view blocks);

}  // namespace gpuctl::util
