#include "core/secret.hpp"

#include <algorithm>
#include <cstring>

namespace gpuctl::core {

namespace {

constexpr std::string_view redacted_mark = "[redacted]";

/// How many bytes at the end of `text` could be the beginning of `secret`.
std::size_t open_tail(std::string_view text, std::string_view secret) {
  for (std::size_t length = std::min(text.size(), secret.size() - 1); length > 0; --length)
    if (text.substr(text.size() - length) == secret.substr(0, length)) return length;
  return 0;
}

}  // namespace

Secret::Secret(std::string value) : value_(std::move(value)) {}

Secret::~Secret() {
  // explicit_bzero is not optimised away, unlike memset on an object that ends.
  if (!value_.empty()) explicit_bzero(value_.data(), value_.size());
}

void Redactor::add(const Secret& secret) {
  if (secret.empty()) return;
  secrets_.push_back(secret.reveal());
  first_letters_ += secrets_.back().front();
  std::ranges::sort(secrets_, [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

std::string Redactor::apply(std::string_view text) const {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    // Only where a secret could begin are they looked for: most of what is printed is long, and holds none.
    const auto plain = std::min(text.find_first_of(first_letters_), text.size());
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const auto hit = std::ranges::find_if(secrets_, [&](const auto& secret) { return text.starts_with(secret); });
    const bool none = hit == secrets_.end();
    out += none ? text.substr(0, 1) : redacted_mark;
    text.remove_prefix(none ? 1 : hit->size());
  }
  return out;
}

std::string Redactor::feed(std::string_view chunk) {
  held_.append(chunk);
  std::size_t keep = 0;
  for (const auto& secret : secrets_) keep = std::max(keep, open_tail(held_, secret));
  std::string ready = held_.substr(0, held_.size() - keep);
  held_.erase(0, held_.size() - keep);
  return apply(ready);
}

std::string Redactor::finish() {
  std::string rest = apply(held_);
  held_.clear();
  return rest;
}

}  // namespace gpuctl::core
