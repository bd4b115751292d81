#pragma once

#include <string>
#include <string_view>

namespace gpuctl::util {

/// bcrypt in the form `$2a$10$...`, with 16 random bytes as its salt. Throws std::runtime_error where the library
/// cannot.
std::string bcrypt(const std::string& password, int cost, std::string_view random);

/// 64 bytes that scrypt derives, with n = 32768, r = 8, p = 2.
std::string scrypt(std::string_view password, std::string_view salt);

/// HMAC with SHA-256, as bytes.
std::string hmac_sha256(std::string_view key, std::string_view text);

}  // namespace gpuctl::util
