#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "cli/secrets.hpp"
#include "cli/terminal.hpp"
#include "core/secret.hpp"

namespace gpuctl::cli {

/// sudo's password: from the environment, a file, or the person; asked once for all hosts. Thread-safe.
class SudoPassword {
 public:
  using Variable = std::function<std::optional<std::string>(const std::string& name)>;

  SudoPassword(std::string file, Variable variable, Terminal& terminal, Secrets& secrets)
      : file_(std::move(file)), variable_(std::move(variable)), terminal_(terminal), secrets_(secrets) {}

  /// `host` is who needs it first.
  core::Secret get(const std::string& host);

 private:
  core::Secret find(const std::string& host);

  std::string file_;
  Variable variable_;
  Terminal& terminal_;
  Secrets& secrets_;
  std::mutex mutex_;
  std::optional<core::Secret> known_;
};

}  // namespace gpuctl::cli
