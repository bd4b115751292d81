#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gpuctl::util {

/// An ASCII digit, whatever the locale.
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A part of a DNS name, as Kubernetes has them: small letters, digits, and hyphens within; its length is not looked
/// at.
bool is_dns_label(std::string_view text);
/// Such parts with dots between them.
bool is_dns_subdomain(std::string_view text);

std::string_view trim(std::string_view);
std::vector<std::string> split(std::string_view text, char separator);
/// Lines without their ends; a last empty line does not count.
std::vector<std::string> lines(std::string_view text);
/// Words between blanks and line ends.
std::vector<std::string> words(std::string_view text);
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string replace_all(std::string text, std::string_view what, std::string_view with);

/// The candidate with the fewest edits (insert, delete, change, swap) to `word`, if it takes no more than a third of
/// its length plus one; else the empty string.
std::string nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace gpuctl::util
