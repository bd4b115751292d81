#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gpuctl::util::openpgp {

// Just enough OpenPGP (RFC 9580) to pin an apt key: it takes keyrings apart and puts them together, and checks no
// signature. The pinned fingerprint is a digest over the whole primary key, which is what makes that enough.

/// Bytes that are no keyring; what() says why, for people.
struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One transferable public key, as it lies in a binary keyring.
struct PublicKey {
  std::string fingerprint;            ///< upper-case hex; `VERSION3` for a key too old (or too new) to have one here
  std::vector<std::string> user_ids;  ///< as written in the key, not verified
  std::size_t begin = 0;              ///< of its first byte
  std::size_t end = 0;                ///< behind its last
};

/// Whether the bytes are ASCII-armoured (text in front of the first armour line does not matter).
bool is_armoured(std::string_view bytes);

/// The binary form of every public key block in an armoured text, in order. Throws Malformed: no block, a block of
/// another type, bad base64, a wrong CRC.
std::string dearmor(std::string_view text);

/// Binary keys as one armoured block.
std::string armour(std::string_view bytes);

/// The binary form of either form.
std::string to_binary(std::string_view bytes);

/// The primary keys of a keyring, either form, in order. Throws Malformed; for secret keys and GnuPG keyboxes too.
std::vector<PublicKey> public_keys(std::string_view bytes);

/// The key with this fingerprint alone: binary, with its user ids, subkeys and signatures. Empty when the keyring
/// does not hold it. Throws Malformed.
std::string only(std::string_view bytes, std::string_view fingerprint);

/// The keyring without that key, in binary form. Throws Malformed.
std::string without(std::string_view bytes, std::string_view fingerprint);

/// A fingerprint as people write it (blanks, lower case) as upper-case hex; empty when it is not 40 or 64 hex digits.
std::string normal_fingerprint(std::string_view);

}  // namespace gpuctl::util::openpgp
