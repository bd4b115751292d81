#include "util/late_library.hpp"

#include <dlfcn.h>

namespace gpuctl::util {

LateLibrary::LateLibrary(const char* file)
    : file_(file), handle_(dlopen(file, RTLD_NOW | RTLD_LOCAL)), why_(handle_ ? "" : dlerror()) {}

void* LateLibrary::find(const char* name) const {
  return handle_ ? dlsym(handle_, name) : nullptr;
}

std::string LateLibrary::why(const char* name) const {
  return handle_ ? file_ + " has no " + name : why_;
}

}  // namespace gpuctl::util
