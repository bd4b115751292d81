#pragma once

#include <string>

namespace gpuctl::util {

/// A library that is not linked but loaded when something of it is first wanted, since it brings many others along.
/// Loaded for good.
class LateLibrary {
 public:
  /// `file`: the name that its interface has: `libcurl.so.4`. Throws nothing.
  explicit LateLibrary(const char* file);

  /// A function of it; null when the library cannot be loaded or has none of that name.
  void* find(const char* name) const;
  /// Why `find(name)` gave nothing.
  std::string why(const char* name) const;

 private:
  std::string file_;
  void* handle_;
  std::string why_;  // told once only, and wanted by each that asks
};

}  // namespace gpuctl::util
