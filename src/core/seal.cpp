#include "core/seal.hpp"

#include "util/digest.hpp"

namespace gpuctl::core {

namespace {

constexpr std::string_view sealed_mark = "sealed:";
constexpr std::string_view rolled_mark = "rolled:";
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t word_digits = 32;

std::string marked(std::string_view mark, const std::string& salt, const std::string& text) {
  return std::string(mark) + util::sha256_hex(salt + "\n" + text).substr(0, word_digits);
}

}  // namespace

Seal::Seal() : Seal(util::random_hex(salt_bytes)) {}
Seal::Seal(std::string salt) : salt_(std::move(salt)) {}

bool Seal::is_word(const std::string& text) {
  return text.starts_with(sealed_mark);
}

std::string Seal::word(const std::string& value) const {
  return marked(sealed_mark, salt_, value);
}

std::string Seal::keep(const std::string& value) {
  return keep_as(value, value);
}

std::string Seal::keep_as(const std::string& text, const std::string& value) {
  auto out = word(text);
  kept_.set(out, Secret(value));
  return out;
}

std::string Seal::keep_rolled(const std::string& place, const std::string& value) {
  auto out = marked(rolled_mark, salt_, place);
  kept_.set(out, Secret(value));
  return out;
}

bool Seal::is_rolled(const std::string& text) {
  return text.size() == rolled_mark.size() + word_digits && text.starts_with(rolled_mark) &&
         text.find_first_not_of("0123456789abcdef", rolled_mark.size()) == std::string::npos;
}

std::optional<std::string> Seal::value(const std::string& word) const {
  const auto found = kept_.find(word);
  if (!found) return std::nullopt;
  return found->reveal();
}

bool is_secret_value(const KubeRef& ref, const std::string& pointer) {
  if (ref.kind != "Secret" || !group_of(ref.api_version).empty()) return false;
  return pointer.starts_with("/data/") || pointer.starts_with("/stringData/") ||
         pointer == "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration";
}

}  // namespace gpuctl::core
