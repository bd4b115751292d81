#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gpuctl::ssh {

/// Whether all of `text` matches `pattern`: `*` any run of characters, `?` any one (ssh_config(5), PATTERNS).
bool matches(std::string_view text, std::string_view pattern);

/// A list of patterns, `!` before one excludes. True: one matches and none excludes.
bool matches_any(std::string_view text, std::span<const std::string> patterns);
/// The same, for one text with commas between the patterns; `lower`: the patterns are put into lower case first.
bool matches_list(std::string_view text, std::string_view patterns, bool lower = false);

/// ASCII only, as host names are compared.
std::string lower_case(std::string_view);

/// A whole decimal number within [least, most]; nothing otherwise.
std::optional<int> whole_number(std::string_view text, int least, int most);

}  // namespace gpuctl::ssh
