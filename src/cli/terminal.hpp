#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "core/secret.hpp"

namespace gpuctl::cli {

/// The person at the controlling terminal, also where standard input or output is a file. Questions take turns.
class Terminal {
 public:
  /// `stop_fd` becomes readable when the run is to stop: a question then ends with Error{interrupted}.
  explicit Terminal(int stop_fd);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// Whether there is a terminal with somebody to read it: standard input or standard error is one.
  bool present() const { return present_; }
  /// A line; nothing at the end of input or without a terminal.
  std::optional<std::string> ask(const std::string& question);
  /// The same without echo.
  std::optional<core::Secret> ask_secret(const std::string& question);
  /// `[y/N]`; nothing without a terminal.
  std::optional<bool> confirm(const std::string& question);

  /// Called before each question.
  std::function<void()> before_question;

 private:
  std::optional<std::string> line(const std::string& question, bool echo);

  int stop_fd_;
  int fd_ = -1;
  bool present_ = false;
  std::mutex mutex_;
};

}  // namespace gpuctl::cli
