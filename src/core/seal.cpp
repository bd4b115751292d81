#include "core/seal.hpp"

#include "util/digest.hpp"

namespace gpuctl::core {

namespace {

constexpr const char* mark = "sealed:";
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t word_digits = 32;

}  // namespace

Seal::Seal() : Seal(util::random_hex(salt_bytes)) {}
Seal::Seal(std::string salt) : salt_(std::move(salt)) {}

bool Seal::is_word(const std::string& text) {
  return text.starts_with(mark);
}

std::string Seal::word(const std::string& value) const {
  return mark + util::sha256_hex(salt_ + "\n" + value).substr(0, word_digits);
}

std::string Seal::keep(const std::string& value) {
  auto out = word(value);
  kept_.set(out, Secret(value));
  return out;
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
