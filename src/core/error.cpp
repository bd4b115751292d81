#include "core/error.hpp"

#include <fmt/core.h>

namespace gpuctl::core {

std::string Where::text() const {
  if (line == 0) return file;
  return fmt::format("{}:{}:{}", file, line, column);
}

Error::Error(ErrorKind kind, std::string message, Where where, std::string hint)
    : kind_(kind), message_(std::move(message)), where_(std::move(where)), hint_(std::move(hint)) {}

Error& Error::add_trace(std::string context) {
  trace_.push_back(std::move(context));
  return *this;
}

Error& Error::add_hint(std::string hint) {
  hint_ = std::move(hint);
  return *this;
}

}  // namespace gpuctl::core
