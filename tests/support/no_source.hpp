#pragma once

#include "core/error.hpp"
#include "core/ports.hpp"

namespace gpuctl::test {

/// A disk with nothing on it.
struct NoSource : core::Source {
  std::string read(const std::string& path) override {
    throw core::Error(core::ErrorKind::invalid, "no such file: " + path);
  }
  std::vector<std::string> list(const std::string& path) override { return {read(path)}; }
  std::vector<core::Node> documents(const std::string& path) override {
    read(path);
    return {};
  }
  std::string sealed(const std::string& value) override { return value; }
};

}  // namespace gpuctl::test
