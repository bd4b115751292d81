#pragma once

#include <re2/re2.h>

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>

namespace gpuctl::chart {

/// `error parsing regexp: missing closing ): ...`, as Go says it.
struct RegexError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The expression as this RE2 reads it: Go also knows (?<name>...). Throws RegexError for what RE2 takes and Go does
/// not.
std::string to_re2(const std::string& pattern);

/// Go's words for what RE2 found wrong with the pattern.
std::string complaint(const RE2& expression, const std::string& pattern);

/// Go's template of a replacement: `group` is called for $name, ${name} and $1, with a number below 0 for a name.
void expand(std::string& out, const std::string& with,
            const std::function<void(const std::string&, std::int64_t)>& group);

}  // namespace gpuctl::chart
