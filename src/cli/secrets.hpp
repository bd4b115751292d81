#pragma once

#include <mutex>
#include <string>

#include "core/secret.hpp"

namespace gpuctl::cli {

/// The secrets of this run, which no output shows.
class Secrets {
 public:
  core::Secret keep(core::Secret secret) {
    const std::lock_guard lock(mutex_);
    redactor_.add(secret);
    return secret;
  }
  std::string redact(const std::string& text) const {
    const std::lock_guard lock(mutex_);
    return redactor_.apply(text);
  }
  core::Redactor redactor() const {
    const std::lock_guard lock(mutex_);
    return redactor_;
  }

 private:
  mutable std::mutex mutex_;
  core::Redactor redactor_;
};

}  // namespace gpuctl::cli
