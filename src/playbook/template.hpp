#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace gpuctl::playbook {

/// A piece of a text with variables in it.
struct Part {
  bool variable = false;
  std::string text;  ///< as it stands, or the variable's (dotted) name
};

/// Whether a variable can be called so: letters, digits, _ and -, beginning with a letter or _.
bool is_name(std::string_view text);

/// Takes `a${b}c` apart; `$$` is a literal `$`. Throws Error{invalid}: `${` without its end, no name in it, or `$name`,
/// which is neither a variable nor, most likely, meant as it stands.
std::vector<Part> split_template(const std::string& text, const core::Where& where);

}  // namespace gpuctl::playbook
