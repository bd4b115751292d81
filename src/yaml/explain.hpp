#pragma once

#include <optional>
#include <string>

#include "core/error.hpp"
#include "yaml/text.hpp"

namespace gpuctl::yaml {

/// What yaml-cpp's syntax error at this place (line and byte column from 0) means to the person who wrote the text.
/// `opened`: where the innermost [ or { that is still open stands, if any.
core::Error explain(const SourceText& text, const std::string& message, int line, int column,
                    const std::optional<core::Where>& opened);

/// The place of a tab among the blanks before `column` of a line, if only blanks stand there.
std::optional<core::Where> tab_before(const SourceText& text, int line, int column);

/// Throws when the quote of the quoted string at this place has no end: yaml-cpp takes the rest of the text for it.
void require_closed_quote(const SourceText& text, int line, int column);

}  // namespace gpuctl::yaml
