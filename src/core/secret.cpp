#include "core/secret.hpp"

#include <algorithm>
#include <cstring>

namespace gpuctl::core {

namespace {

constexpr std::string_view mark = "[redacted]";

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
  std::ranges::sort(secrets_, [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

std::string Redactor::apply(std::string_view text) const {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto hit = std::ranges::find_if(secrets_, [&](const auto& s) { return text.substr(at).starts_with(s); });
    if (hit == secrets_.end()) {
      out += text[at++];
      continue;
    }
    out += mark;
    at += hit->size();
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
