#include "util/openpgp.hpp"

#include <doctest/doctest.h>

#include <string>

#include "support/keys.hpp"
#include "util/base64.hpp"

using namespace gpuctl::util;
using namespace gpuctl::test;

namespace {

std::string both() {
  return openpgp::dearmor(key_one) + openpgp::dearmor(key_two);
}

/// The text with the first `from` after `behind` replaced.
std::string changed(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a fingerprint is the digest that gpg shows") {
  const auto keys = openpgp::public_keys(key_one);
  REQUIRE(keys.size() == 1);
  CHECK(keys[0].fingerprint == fingerprint_one);
  CHECK(keys[0].user_ids == std::vector<std::string>{"gpuctl test one <one@example.org>"});
}

TEST_CASE("armoured blocks follow one another, with text around them") {
  const auto keys = openpgp::public_keys(std::string("a key for you:\n\n") + key_one + "\nand one more\n" + key_two);
  REQUIRE(keys.size() == 2);
  CHECK(keys[1].fingerprint == fingerprint_two);
}

TEST_CASE("only the pinned key is kept, and the others when it is taken out") {
  const auto all = both();
  CHECK(openpgp::only(all, fingerprint_two) == openpgp::dearmor(key_two));
  CHECK(openpgp::only(all, fingerprint_one) == openpgp::dearmor(key_one));
  CHECK(openpgp::without(all, fingerprint_one) == openpgp::dearmor(key_two));
  CHECK(openpgp::only(all, "C95B321B61E88C1809C4F759DDCAE044F796ECB0").empty());
  CHECK(openpgp::without(all, "C95B321B61E88C1809C4F759DDCAE044F796ECB0") == all);
}

TEST_CASE("GnuPG's trust packets are no part of the key") {
  const std::string trust{'\xb0', 2, 0, 0};
  CHECK(openpgp::only(both() + trust, fingerprint_two) == openpgp::dearmor(key_two));
}

TEST_CASE("binary and armoured are told apart") {
  CHECK(openpgp::is_armoured(key_one));
  CHECK_FALSE(openpgp::is_armoured(both()));
  CHECK_FALSE(openpgp::is_armoured(both() + "\n" + key_one));
  CHECK(openpgp::to_binary(key_one) == openpgp::dearmor(key_one));
}

TEST_CASE("armouring gives back what gpg wrote") {
  CHECK(openpgp::armour(openpgp::dearmor(key_one)) == key_one);
  CHECK(openpgp::dearmor(openpgp::armour(both())) == both());
}

TEST_CASE("a damaged key is refused") {
  const auto refused = [](const std::string& bytes) {
    CHECK_THROWS_AS(openpgp::public_keys(bytes), openpgp::Malformed);
  };
  refused(changed(key_one, "=o09e", "=o09f"));
  refused(changed(key_one, "mDME", "mDMF"));
  refused(changed(key_one, "mDME", "m!ME"));
  refused(changed(key_one, "-----END", "-----NED"));
  refused(changed(changed(key_one, "PUBLIC", "PRIVATE"), "PUBLIC", "PRIVATE"));
  refused("<!DOCTYPE html>");
  refused("hello");
  refused(both().substr(0, both().size() - 1));
  refused(std::string{'\x94', 2, 4, 0});  // a secret key
  refused(std::string(8, '\0') + "KBXf" + std::string(20, '\0'));
}

TEST_CASE("an armour without a checksum is fine, as RFC 9580 has it") {
  CHECK(openpgp::dearmor(changed(key_one, "=o09e\n", "")) == openpgp::dearmor(key_one));
}

TEST_CASE("a key of an old version has no fingerprint to pin") {
  const auto keys = openpgp::public_keys(std::string{'\x98', 3, 3, 0, 0});
  REQUIRE(keys.size() == 1);
  CHECK(keys[0].fingerprint == "VERSION3");
}

TEST_CASE("an empty keyring has no keys") {
  CHECK(openpgp::public_keys("").empty());
}

TEST_CASE("fingerprints as people write them") {
  CHECK(openpgp::normal_fingerprint("e82c 110c 52ed d6c4 a2f9  3130 c95a b57b ffec b8d6") == fingerprint_one);
  CHECK(openpgp::normal_fingerprint("DDCAE044F796ECB0").empty());
  CHECK(openpgp::normal_fingerprint(std::string(40, 'G')).empty());
}

TEST_CASE("base64") {
  for (const std::string text : {"", "f", "fo", "foo", "foob", "fooba", "foobar", "\xff\xfe\x00"})
    CHECK(base64_decode(base64_encode(text)) == text);
  CHECK(base64_encode("fooba") == "Zm9vYmE=");
  CHECK(base64_decode("Zm9v\nYmE=") == "fooba");
  CHECK_FALSE(base64_decode("Zm9vYmE"));
  CHECK_FALSE(base64_decode("Zm9vYmF="));
  CHECK_FALSE(base64_decode("Zm9v=YmE"));
  CHECK_FALSE(base64_decode("Zm9*"));
}
