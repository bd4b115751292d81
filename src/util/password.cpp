#include "util/password.hpp"

#include <crypt.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cstring>
#include <memory>
#include <stdexcept>

namespace gpuctl::util {

std::string bcrypt(const std::string& password, int cost, std::string_view random) {
  std::string setting(CRYPT_GENSALT_OUTPUT_SIZE, '\0');
  if (!crypt_gensalt_rn("$2a$", static_cast<unsigned long>(cost), random.data(), static_cast<int>(random.size()),
                        setting.data(), static_cast<int>(setting.size())))
    throw std::runtime_error("bcrypt: no salt could be made");
  const auto work = std::make_unique<crypt_data>();
  const char* hash = crypt_rn(password.c_str(), setting.c_str(), work.get(), sizeof(crypt_data));
  if (!hash) throw std::runtime_error("bcrypt: the password could not be hashed");
  std::string result = hash;
  std::memset(work.get(), 0, sizeof(crypt_data));
  return result;
}

std::string scrypt(std::string_view password, std::string_view salt) {
  std::string key(64, '\0');
  constexpr std::uint64_t memory = std::uint64_t{64} << 20;
  if (EVP_PBE_scrypt(password.data(), password.size(), reinterpret_cast<const unsigned char*>(salt.data()), salt.size(),
                     32768, 8, 2, memory, reinterpret_cast<unsigned char*>(key.data()), key.size()) != 1)
    throw std::runtime_error("scrypt: no key could be derived");
  return key;
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  std::string result(32, '\0');
  unsigned size = 0;
  if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
            text.size(), reinterpret_cast<unsigned char*>(result.data()), &size))
    throw std::runtime_error("hmac: no code could be made");
  return result;
}

}  // namespace gpuctl::util
