#pragma once

#include <string>

#include "core/error.hpp"

namespace gpuctl::test {

/// An error as golden texts have it: `file:line:column: message`, then its traces and its hint, one a line.
inline std::string error_text(const core::Error& error) {
  std::string out = error.where().text();
  if (!out.empty()) out += ": ";
  out += error.message();
  for (const auto& context : error.trace()) out += "\n  " + context;
  if (!error.hint().empty()) out += "\n  hint: " + error.hint();
  return out;
}

}  // namespace gpuctl::test
