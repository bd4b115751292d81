#include "util/openpgp.hpp"

#include <algorithm>
#include <cstdint>

#include "util/base64.hpp"
#include "util/digest.hpp"
#include "util/openpgp_packet.hpp"
#include "util/strings.hpp"

namespace gpuctl::util::openpgp {

namespace {

constexpr std::string_view armour_begin = "-----BEGIN PGP ";
constexpr std::string_view public_begin = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
constexpr std::string_view public_end = "-----END PGP PUBLIC KEY BLOCK-----";

/// RFC 9580, 6.1.1.
std::uint32_t crc24(std::string_view bytes) {
  std::uint32_t crc = 0xB704CE;
  for (const char c : bytes) {
    crc ^= static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 16;
    for (int bit = 0; bit < 8; ++bit) {
      crc <<= 1;
      if (crc & 0x1000000) crc ^= 0x1864CFB;
    }
  }
  return crc & 0xFFFFFF;
}

void check_crc(std::string_view line, std::string_view bytes) {
  const auto sum = base64_decode(line.substr(1));
  if (!sum || sum->size() != 3) throw Malformed("the armour's checksum line is not readable");
  std::uint32_t expected = 0;
  for (const char c : *sum) expected = expected << 8 | static_cast<unsigned char>(c);
  if (crc24(bytes) != expected) throw Malformed("the armour's checksum does not match: the key is damaged");
}

/// The bytes of one block: `lines` from behind its BEGIN line; `at` ends behind its END line.
std::string dearmor_block(const std::vector<std::string>& lines, std::size_t& at) {
  while (at < lines.size() && !trim(lines[at]).empty() && lines[at].find(": ") != std::string::npos) ++at;
  std::string digits;
  std::string checksum;
  for (; at < lines.size(); ++at) {
    const auto line = trim(lines[at]);
    if (line == public_end) break;
    if (line.size() == 5 && line.front() == '=')
      checksum = std::string(line);
    else
      digits += line;
  }
  if (at == lines.size()) throw Malformed("the armour has no END line");
  ++at;
  auto bytes = base64_decode(digits);
  if (!bytes) throw Malformed("the armour is not base64");
  if (!checksum.empty()) check_crc(checksum, *bytes);
  return *std::move(bytes);
}

std::string fingerprint_of(std::string_view body) {
  if (body.empty()) throw Malformed("an empty public key packet");
  const int version = static_cast<unsigned char>(body[0]);
  const auto size = body.size();
  const auto octet = [&](int shift) { return static_cast<char>(size >> shift & 255); };
  if (version == 4) return sha1_hex_upper(std::string{'\x99', octet(8), octet(0)}.append(body));
  if (version == 6) {
    auto hex = sha256_hex(std::string{'\x9b', octet(24), octet(16), octet(8), octet(0)}.append(body));
    std::ranges::transform(hex, hex.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
    return hex;
  }
  return "VERSION" + std::to_string(version);
}

void refuse_other_formats(std::string_view bytes) {
  if (bytes.size() >= 12 && bytes.substr(8, 4) == "KBXf")
    throw Malformed("a GnuPG keybox, which apt cannot read either; expected an OpenPGP keyring");
  if (bytes.starts_with("<")) throw Malformed("an HTML page or XML, not an OpenPGP key");
}

/// Adds what a packet says to the keys; packets of no key (a marker in front) are passed over.
void take(const Packet& packet, std::vector<PublicKey>& keys) {
  switch (packet.tag) {
    case Tag::secret_key:
    case Tag::secret_subkey:
      throw Malformed("it holds a secret key, which does not belong on a node");
    case Tag::public_key:
      if (packet.body.size() > 0xFFFF) throw Malformed("a public key packet of over 64 KiB");
      keys.push_back({fingerprint_of(packet.body), {}, packet.begin, packet.end});
      return;
    case Tag::user_id:
      if (!keys.empty()) keys.back().user_ids.emplace_back(packet.body);
      break;
    case Tag::signature:
    case Tag::public_subkey:
    case Tag::user_attribute:
    case Tag::trust:
    case Tag::marker:
    case Tag::padding:
      break;
    default:
      throw Malformed("it holds an OpenPGP packet of type " + std::to_string(static_cast<int>(packet.tag)) +
                      ", not only public keys");
  }
  if (!keys.empty()) keys.back().end = packet.end;
}

/// Trust packets are GnuPG's own notes and no part of a transferable key.
std::string without_trust(std::string_view bytes) {
  std::string out;
  for (Reader reader(bytes); auto packet = reader.next();)
    if (packet->tag != Tag::trust) out += bytes.substr(packet->begin, packet->end - packet->begin);
  return out;
}

}  // namespace

bool is_armoured(std::string_view bytes) {
  const auto at = bytes.find(armour_begin);
  return at != std::string_view::npos && (at == 0 || bytes[at - 1] == '\n') &&
         std::ranges::none_of(bytes.substr(0, at), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::string dearmor(std::string_view text) {
  const auto all = lines(text);
  std::string out;
  for (std::size_t at = 0; at < all.size();) {
    const auto line = trim(all[at++]);
    if (line == public_begin)
      out += dearmor_block(all, at);
    else if (line.starts_with(armour_begin))
      throw Malformed("expected a PGP public key block, found: " + std::string(line));
  }
  if (out.empty()) throw Malformed("there is no PGP public key block in it");
  return out;
}

std::string armour(std::string_view bytes) {
  constexpr std::size_t width = 64;
  const auto digits = base64_encode(bytes);
  auto out = std::string(public_begin) + "\n\n";
  for (std::size_t at = 0; at < digits.size(); at += width) out += digits.substr(at, width) + "\n";
  const auto crc = crc24(bytes);
  const std::string sum{static_cast<char>(crc >> 16 & 255), static_cast<char>(crc >> 8 & 255),
                        static_cast<char>(crc & 255)};
  return out + "=" + base64_encode(sum) + "\n" + std::string(public_end) + "\n";
}

std::string to_binary(std::string_view bytes) {
  return is_armoured(bytes) ? dearmor(bytes) : std::string(bytes);
}

std::vector<PublicKey> public_keys(std::string_view given) {
  const auto bytes = to_binary(given);
  refuse_other_formats(bytes);
  std::vector<PublicKey> keys;
  for (Reader reader(bytes); auto packet = reader.next();) take(*packet, keys);
  return keys;
}

std::string only(std::string_view given, std::string_view fingerprint) {
  const auto bytes = to_binary(given);
  for (const auto& key : public_keys(bytes))
    if (key.fingerprint == fingerprint)
      return without_trust(std::string_view(bytes).substr(key.begin, key.end - key.begin));
  return {};
}

std::string without(std::string_view given, std::string_view fingerprint) {
  const auto bytes = to_binary(given);
  std::string out;
  for (const auto& key : public_keys(bytes))
    if (key.fingerprint != fingerprint) out += bytes.substr(key.begin, key.end - key.begin);
  return out;
}

std::string normal_fingerprint(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '\t') continue;
    const bool digit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    const bool lower = c >= 'a' && c <= 'f';
    if (!digit && !lower) return {};
    out += lower ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out.size() == 40 || out.size() == 64 ? out : std::string{};
}

}  // namespace gpuctl::util::openpgp
