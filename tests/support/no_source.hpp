#pragma once

#include "core/error.hpp"
#include "core/ports.hpp"

namespace gpuctl::test {

/// A disk with nothing on it.
struct NoSource : core::Source {
  std::string read(const std::string& path) override {
    throw core::Error(core::ErrorKind::invalid, "no such file: " + path);
  }
};

}  // namespace gpuctl::test
