#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// How the values of a `--set` line are read.
enum class SetAs : std::uint8_t {
  typed,    ///< --set: true, false, null and integers are such, all else is text
  text,     ///< --set-string
  json,     ///< --set-json NAME=JSON,…
  literal,  ///< --set-literal: everything behind the first `=` is the value
  file,     ///< --set-file: the value is made of what is written
};

/// Reads a line such as `a.b[2]=x,c={1,2}` into `into`, with Helm's strvals rules down to its words for what is wrong.
/// Throws core::Error{usage}.
void set_into(std::string_view line, const std::shared_ptr<Map>& into, SetAs as,
              const std::function<Value(const std::string&)>& from_file = {});

}  // namespace gpuctl::chart
