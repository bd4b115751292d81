#include <array>
#include <optional>

#include "chart/functions/encoding.hpp"
#include "chart/functions/tables.hpp"
#include "util/base64.hpp"

// Base64 and base32. A text that is none gives Go's words for that instead of an error.

namespace gpuctl::chart {

namespace {

constexpr std::string_view letters64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view letters32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Reads the characters of an encoding, quantum by quantum, as Go's decoders do.
class Decoder {
 public:
  Decoder(std::string_view text, std::string_view letters, int bits, std::size_t quantum)
      : text_(text), letters_(letters), bits_(bits), quantum_(quantum) {}

  /// Where the text is wrong.
  std::optional<std::size_t> error;

  std::string decoded() {
    while (!error && !ended_ && !at_end()) take_quantum();
    return out_;
  }

 private:
  bool at_end() {
    while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
    return at_ >= text_.size();
  }

  void take_quantum() {
    std::uint64_t all = 0;
    std::size_t count = 0;
    for (; count < quantum_; ++count) {
      if (at_end()) {
        error = at_ - count;
        return;
      }
      if (text_[at_] == '=') return padding(all, count);
      const auto digit = letters_.find(text_[at_]);
      if (digit == letters_.npos) {
        error = at_;
        return;
      }
      all = (all << bits_) | digit;
      ++at_;
    }
    emit(all, count);
  }

  void emit(std::uint64_t all, std::size_t count) {
    const auto total = count * static_cast<std::size_t>(bits_);
    for (std::size_t bytes = total / 8, i = 0; i < bytes; ++i) out_ += static_cast<char>(all >> (total - 8 * (i + 1)));
  }

  static bool may_end_after(std::size_t count) { return count == 2 || count == 3; }

  void padding(std::uint64_t all, std::size_t count) {
    const auto first = at_;
    if (!may_end_after(count)) {
      error = first;
      return;
    }
    for (auto i = count; i < quantum_; ++i) {
      if (at_end()) {
        error = text_.size();
        return;
      }
      if (text_[at_] != '=') {
        error = at_;
        return;
      }
      ++at_;
    }
    if (!at_end()) error = at_;
    emit(all, count);
    ended_ = true;
  }

  std::string_view text_, letters_;
  int bits_;
  std::size_t quantum_;
  std::size_t at_ = 0;
  bool ended_ = false;
  std::string out_;
};

Value decoded(Decoder decoder, const char* name) {
  std::string bytes = decoder.decoded();
  if (!decoder.error) return Value(std::move(bytes));
  throw CallError("illegal " + std::string(name) + " data at input byte " + std::to_string(*decoder.error));
}

/// What is wrong instead of what is right.
template <class Decode>
Value or_words(Decode decode) {
  try {
    return decode();
  } catch (const CallError& error) {
    return Value(error.what());
  }
}

Value b64enc(Call& call) {
  return Value(util::base64_encode(call.args[0].string()));
}
Value b64dec(Call& call) {
  return or_words([&] { return base64_decoded(call.args[0].string()); });
}

/// What is wrong with a base32 text without line ends is found in the order in which Go looks.
CallError bad_base32(std::size_t at) {
  return CallError("illegal base32 data at input byte " + std::to_string(at));
}

/// Whether the padding that begins at `at`, behind `count` characters of a quantum, is right.
void check_padding(std::string_view text, std::size_t at, std::size_t count) {
  const auto rest = text.size() - at - 1;
  if (rest + count < 7) throw bad_base32(text.size());
  for (std::size_t k = 0; k < 7 - count && k < rest; ++k)
    if (text[at + 1 + k] != '=') throw bad_base32(at + k);
  if (count == 3 || count == 6) throw bad_base32(at);
}

std::string base32_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::uint64_t all = 0;
    std::size_t count = 0;
    bool ended = false;
    for (; count < 8 && !ended; count += ended ? 0 : 1) {
      if (at >= text.size()) throw bad_base32(at - count);
      if (text[at] == '=' && count >= 2 && text.size() - at - 1 < 8) {
        check_padding(text, at, count);
        ended = true;
        continue;
      }
      const auto digit = letters32.find(text[at]);
      if (digit == letters32.npos) throw bad_base32(at);
      all = (all << 5) | digit;
      ++at;
    }
    const auto bits = count * 5;
    for (std::size_t byte = 1; byte * 8 <= bits; ++byte) out += static_cast<char>(all >> (bits - byte * 8));
    if (ended) break;
  }
  return out;
}

Value b32enc(Call& call) {
  std::string out;
  std::uint64_t bits = 0;
  int held = 0;
  for (const char c : call.args[0].string()) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (held += 8; held >= 5; held -= 5) out += letters32[(bits >> (held - 5)) & 31];
  }
  if (held > 0) out += letters32[(bits << (5 - held)) & 31];
  while (out.size() % 8 != 0) out += '=';
  return Value(std::move(out));
}
Value b32dec(Call& call) {
  std::string text = call.args[0].string();
  std::erase_if(text, [](char c) { return c == '\n' || c == '\r'; });
  return or_words([&] { return Value(base32_decoded(text)); });
}

}  // namespace

Value base64_decoded(std::string_view text) {
  return decoded(Decoder(text, letters64, 6, 4), "base64");
}

std::span<const Function> encoding_functions() {
  static const Function functions[] = {
      {"b64enc", {Type::string}, false, b64enc, "The text in base64"},
      {"b64dec", {Type::string}, false, b64dec, "The text out of base64, or what is wrong with it"},
      {"b32enc", {Type::string}, false, b32enc, "The text in base32"},
      {"b32dec", {Type::string}, false, b32dec, "The text out of base32, or what is wrong with it"},
  };
  return functions;
}

}  // namespace gpuctl::chart
