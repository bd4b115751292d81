#pragma once

#include <map>
#include <string>

#include "ssh/config.hpp"

namespace gpuctl::ssh {

/// What the percent tokens of ssh_config(5) stand for: `h` -> the host name.
using Tokens = std::map<char, std::string>;

/// Replaces `%x` and, when `variables`, `${NAME}`. Throws Error{invalid} at `where` for a token that `tokens` does not
/// have and for a variable that is not set.
std::string expand(const std::string& text, const Tokens& tokens, bool variables, const Environment&,
                   const core::Where& where);

/// `~` and `~/…` become the home folder; `~name` stays.
std::string expand_home(const std::string& path, const Environment&);

}  // namespace gpuctl::ssh
