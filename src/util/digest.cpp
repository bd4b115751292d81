#include "util/digest.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>
#include <stdexcept>
#include <vector>

namespace gpuctl::util {

namespace {

std::string hex(const unsigned char* bytes, std::size_t size, const char* digits) {
  std::string out;
  out.reserve(size * 2);
  for (std::size_t i = 0; i < size; ++i) {
    out += digits[bytes[i] >> 4];
    out += digits[bytes[i] & 15];
  }
  return out;
}

std::string digest(std::string_view bytes, const EVP_MD* kind, const char* digits) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), out, &size, kind, nullptr) != 1)
    throw std::runtime_error("OpenSSL could not compute a digest");
  return hex(out, size, digits);
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  return digest(bytes, EVP_sha256(), "0123456789abcdef");
}
std::string digest_hex(const char* name, std::string_view bytes) {
  const EVP_MD* kind = EVP_get_digestbyname(name);
  if (!kind) throw std::runtime_error("OpenSSL knows no such digest");
  return digest(bytes, kind, "0123456789abcdef");
}
std::string sha1_hex_upper(std::string_view bytes) {
  return digest(bytes, EVP_sha1(), "0123456789ABCDEF");
}

std::string random_hex(std::size_t n) {
  std::vector<unsigned char> bytes(n);
  if (RAND_bytes(bytes.data(), static_cast<int>(n)) != 1) throw std::runtime_error("OpenSSL has no random bytes");
  return hex(bytes.data(), n, "0123456789abcdef");
}

}  // namespace gpuctl::util
