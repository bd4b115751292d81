#pragma once

#include <string_view>

#include "core/secret.hpp"

namespace gpuctl::cli {

/// Standard output, or standard error. What is written goes through the redactor; a reader that has gone is no error.
class Output {
 public:
  explicit Output(int fd) : fd_(fd) {}
  void write(std::string_view text, const core::Redactor& redactor);

 private:
  int fd_;
  bool open_ = true;
};

}  // namespace gpuctl::cli
