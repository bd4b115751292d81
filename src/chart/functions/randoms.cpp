#include <array>
#include <vector>

#include "chart/engine.hpp"
#include "chart/functions/go_panic.hpp"
#include "chart/functions/random_bytes.hpp"
#include "chart/functions/tables.hpp"
#include "chart/go/unicode.hpp"
#include "util/base64.hpp"

// What is new at each rendering. All of it comes from the system's generator.

namespace gpuctl::chart {

namespace {

/// One of `count`, each as likely.
std::uint64_t below(Engine& engine, std::uint64_t count) {
  const std::uint64_t fair = UINT64_MAX - UINT64_MAX % count;
  for (;;) {
    std::uint64_t number = 0;
    for (const char byte : random_bytes(engine, 8)) number = (number << 8) | static_cast<unsigned char>(byte);
    if (number < fair) return number % count;
  }
}

Value letters(Call& call, std::string_view from) {
  const auto count = call.args[0].integer();
  if (count < 0) return Value("");
  if (static_cast<std::size_t>(count) > longest_text) throw CallError("the text would be longer than 256 MiB");
  std::string out;
  for (std::int64_t i = 0; i < count; ++i) out += from[below(call.engine, from.size())];
  return Value(std::move(out));
}

constexpr std::string_view all_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

Value rand_alpha_num(Call& call) {
  return letters(call, all_letters);
}
Value rand_alpha(Call& call) {
  return letters(call, all_letters.substr(0, 52));
}
Value rand_numeric(Call& call) {
  return letters(call, all_letters.substr(52));
}
Value rand_ascii(Call& call) {
  std::string printable;
  for (char c = 32; c < 127; ++c) printable += c;
  return letters(call, printable);
}

Value rand_bytes(Call& call) {
  const auto count = call.args[0].integer();
  if (count < 0) throw CallError("runtime error: makeslice: len out of range");
  if (static_cast<std::size_t>(count) > longest_text) throw CallError("the text would be longer than 256 MiB");
  return Value(util::base64_encode(random_bytes(call.engine, static_cast<std::size_t>(count))));
}

Value rand_int(Call& call) {
  const auto from = call.args[0].integer();
  const auto span = static_cast<std::uint64_t>(call.args[1].integer()) - static_cast<std::uint64_t>(from);
  if (static_cast<std::int64_t>(span) <= 0) throw CallError("invalid argument to Intn");
  return Value::of_int(from + static_cast<std::int64_t>(below(call.engine, span)));
}

Value uuid(Call& call) {
  std::string bytes = random_bytes(call.engine, 16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += "0123456789abcdef"[static_cast<unsigned char>(bytes[i]) >> 4];
    out += "0123456789abcdef"[static_cast<unsigned char>(bytes[i]) & 0xf];
  }
  return Value(std::move(out));
}

Value shuffle(Call& call) {
  std::vector<char32_t> runes;
  for (std::string_view rest = call.args[0].string(); !rest.empty();) {
    const go::Rune rune = go::first_rune(rest);
    runes.push_back(rune.code);
    rest.remove_prefix(rune.length);
  }
  for (auto i = runes.size(); i > 1; --i) std::swap(runes[i - 1], runes[below(call.engine, i)]);
  std::string out;
  for (const char32_t code : runes) go::append_rune(out, code);
  return Value(std::move(out));
}

}  // namespace

std::span<const Function> random_functions() {
  static const Function functions[] = {
      {"randAlphaNum", {Type::integer}, false, rand_alpha_num, "So many random letters and digits"},
      {"randAlpha", {Type::integer}, false, rand_alpha, "So many random letters"},
      {"randNumeric", {Type::integer}, false, rand_numeric, "So many random digits"},
      {"randAscii", {Type::integer}, false, rand_ascii, "So many random characters"},
      {"randBytes", {Type::integer}, false, rand_bytes, "So many random bytes, in base64"},
      {"randInt", {Type::integer, Type::integer}, false, rand_int, "A random integer from one to before another"},
      {"uuidv4", {}, false, uuid, "A random UUID"},
      {"shuffle", {Type::string}, false, shuffle, "The text's characters in random order"},
  };
  return functions;
}

}  // namespace gpuctl::chart
