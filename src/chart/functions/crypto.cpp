#include <array>
#include <map>
#include <vector>

#include "chart/engine.hpp"
#include "chart/functions/encoding.hpp"
#include "chart/functions/random_bytes.hpp"
#include "chart/functions/tables.hpp"
#include "util/aes.hpp"
#include "util/base64.hpp"
#include "util/digest.hpp"
#include "util/password.hpp"

// Sums, passwords and ciphers. Each is OpenSSL's or libcrypt's work.

namespace gpuctl::chart {

namespace {

Value sha1sum(Call& call) {
  return Value(util::digest_hex("SHA1", call.text(0)));
}
Value sha256sum(Call& call) {
  return Value(util::digest_hex("SHA256", call.text(0)));
}
Value sha512sum(Call& call) {
  return Value(util::digest_hex("SHA512", call.text(0)));
}

Value adler32sum(Call& call) {
  std::uint32_t a = 1, b = 0;
  for (const char c : call.text(0)) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  return Value(std::to_string((b << 16) | a));
}

std::string hashed(Call& call, const std::string& password) {
  constexpr int cost = 10;
  if (password.size() > 72) return "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes";
  return util::bcrypt(password, cost, random_bytes(call.engine, 16));
}

Value bcrypt(Call& call) {
  return Value(hashed(call, call.text(0)));
}

Value htpasswd(Call& call) {
  const std::string& user = call.text(0);
  if (user.find(':') != std::string::npos) return Value("invalid username: " + user);
  return Value(user + ":" + hashed(call, call.text(1)));
}

std::string aes_key(const std::string& password) {
  std::string key = password.substr(0, 32);
  key.resize(32, '\0');
  return key;
}

constexpr std::size_t block = 16;

Value encrypt_aes(Call& call) {
  std::string plain = call.text(1);
  if (plain.empty()) return Value("");
  const auto padding = block - plain.size() % block;
  plain.append(padding, static_cast<char>(padding));
  const std::string start = random_bytes(call.engine, block);
  return Value(util::base64_encode(start + util::aes_encrypt(aes_key(call.text(0)), start, plain)));
}

Value decrypt_aes(Call& call) {
  if (call.text(1).empty()) return Value("");
  Value decoded = base64_decoded(call.text(1));
  const std::string& sealed = decoded.string();
  const auto room = call.text(1).size() / 4 * 3;  // Go's slice has the room of what base64 could have held
  if (room < block)
    throw CallError("runtime error: slice bounds out of range [:16] with capacity " + std::to_string(room));
  if (sealed.size() < block)
    throw CallError("runtime error: slice bounds out of range [16:" + std::to_string(sealed.size()) + "]");
  if (sealed.size() % block != 0) throw CallError("crypto/cipher: input not full blocks");
  std::string plain = util::aes_decrypt(aes_key(call.text(0)), sealed.substr(0, block), sealed.substr(block));
  if (plain.empty()) throw CallError("runtime error: index out of range [-1]");
  const auto padding = static_cast<unsigned char>(plain.back());
  if (padding > plain.size())
    throw CallError("runtime error: slice bounds out of range [:" +
                    std::to_string(static_cast<long>(plain.size()) - padding) + "]");
  plain.erase(plain.size() - padding);
  return Value(std::move(plain));
}

/// The password schemes of the Master Password algorithm: a class of characters for each place.
const std::map<std::string_view, std::vector<std::string_view>>& schemes() {
  static const std::map<std::string_view, std::vector<std::string_view>> all = {
      {"maximum", {"anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"}},
      {"long",
       {"CvcvnoCvcvCvcv", "CvcvCvcvnoCvcv", "CvcvCvcvCvcvno", "CvccnoCvcvCvcv", "CvccCvcvnoCvcv", "CvccCvcvCvcvno",
        "CvcvnoCvccCvcv", "CvcvCvccnoCvcv", "CvcvCvccCvcvno", "CvcvnoCvcvCvcc", "CvcvCvcvnoCvcc", "CvcvCvcvCvccno",
        "CvccnoCvccCvcv", "CvccCvccnoCvcv", "CvccCvccCvcvno", "CvcvnoCvccCvcc", "CvcvCvccnoCvcc", "CvcvCvccCvccno",
        "CvccnoCvcvCvcc", "CvccCvcvnoCvcc", "CvccCvcvCvccno"}},
      {"medium", {"CvcnoCvc", "CvcCvcno"}},
      {"short", {"Cvcn"}},
      {"basic", {"aaanaaan", "aannaaan", "aaannaaa"}},
      {"pin", {"nnnn"}}};
  return all;
}

std::string_view characters(char place) {
  switch (place) {
    case 'V':
      return "AEIOU";
    case 'C':
      return "BCDFGHJKLMNPQRSTVWXYZ";
    case 'v':
      return "aeiou";
    case 'c':
      return "bcdfghjklmnpqrstvwxyz";
    case 'a':
      return "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
    case 'n':
      return "0123456789";
    case 'o':
      return "@&%?,=[]_:-+*$#!'^~;()/.";
    default:
      return "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()";
  }
}

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift);
  return bytes;
}

Value derive_password(Call& call) {
  const auto scheme = schemes().find(call.text(1));
  if (scheme == schemes().end()) return Value("cannot find password template " + call.text(1));
  const std::string name = "com.lyndir.masterpassword";
  const std::string &user = call.text(3), &site = call.text(4);
  const std::string key = util::scrypt(call.text(2), name + big_endian(static_cast<std::uint32_t>(user.size())) + user);
  const std::string seed = util::hmac_sha256(key, name + big_endian(static_cast<std::uint32_t>(site.size())) + site +
                                                      big_endian(static_cast<std::uint32_t>(call.args[0].integer())));
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(seed[i]); };
  const std::string_view places = scheme->second[at(0) % scheme->second.size()];
  std::string out;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto from = characters(places[i]);
    out += from[at(i + 1) % from.size()];
  }
  return Value(std::move(out));
}

}  // namespace

std::span<const Function> crypto_functions() {
  static const Function functions[] = {
      {"sha1sum", {Type::string}, false, sha1sum, "The SHA-1 sum in hex"},
      {"sha256sum", {Type::string}, false, sha256sum, "The SHA-256 sum in hex"},
      {"sha512sum", {Type::string}, false, sha512sum, "The SHA-512 sum in hex"},
      {"adler32sum", {Type::string}, false, adler32sum, "The Adler-32 sum in decimal"},
      {"bcrypt", {Type::string}, false, bcrypt, "The password's bcrypt hash"},
      {"htpasswd", {Type::string, Type::string}, false, htpasswd, "A line for htpasswd of user and password"},
      {"encryptAES", {Type::string, Type::string}, false, encrypt_aes, "The text encrypted by a password, in base64"},
      {"decryptAES", {Type::string, Type::string}, false, decrypt_aes, "The text that encryptAES has encrypted"},
      {"derivePassword",
       {Type::uint32, Type::string, Type::string, Type::string, Type::string},
       false,
       derive_password,
       "A site's password, derived from a master password"},
  };
  return functions;
}

}  // namespace gpuctl::chart
