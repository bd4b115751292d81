#include "util/aes.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace gpuctl::util {

namespace {

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string run(bool encrypts, std::string_view key, std::string_view start, std::string_view blocks) {
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                &EVP_CIPHER_CTX_free);
  std::string out(blocks.size() + 32, '\0');
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  int written = 0, rest = 0;
  if (!context || EVP_CipherInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, raw(key), raw(start), encrypts) != 1 ||
      EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1 ||
      EVP_CipherUpdate(context.get(), to, &written, raw(blocks), static_cast<int>(blocks.size())) != 1 ||
      EVP_CipherFinal_ex(context.get(), to + written, &rest) != 1)
    throw std::runtime_error("AES: the blocks could not be worked on");
  out.resize(static_cast<std::size_t>(written + rest));
  return out;
}

}  // namespace

std::string aes_encrypt(std::string_view key, std::string_view start, std::string_view blocks) {
  return run(true, key, start, blocks);
}

std::string aes_decrypt(std::string_view key, std::string_view start, std::string_view blocks) {
  return run(false, key, start, blocks);
}

}  // namespace gpuctl::util
