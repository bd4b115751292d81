#pragma once

#include <exception>
#include <string>
#include <vector>

namespace gpuctl::core {

/// A place in a text that a person wrote. Lines and columns count from 1; 0 means the place is unknown.
struct Where {
  std::string file;
  int line = 0;
  int column = 0;

  /// `file:line:column`, `file`, or the empty string.
  std::string text() const;
  bool operator==(const Where&) const = default;
};

/// What an error means to the caller; main turns it into the exit code (DESIGN 5).
enum class ErrorKind {
  usage,        ///< the command line is wrong: 64
  invalid,      ///< a file the user wrote is wrong: 1
  failed,       ///< something that should have worked did not: 1
  unreachable,  ///< a host or the cluster could not be asked: 3
  refused,      ///< stale plan, held lock, not confirmed, unknown host key: 4
  interrupted,  ///< Ctrl-C: 130
};

/// The one exception type of gpuctl. Expected outcomes (an absent file, a probe's exit code) are values, never an
/// Error.
class Error : public std::exception {
 public:
  /// `message` says what was seen and what was expected; `hint` what to do about it.
  Error(ErrorKind kind, std::string message, Where where = {}, std::string hint = {});

  ErrorKind kind() const noexcept { return kind_; }
  const std::string& message() const noexcept { return message_; }
  const Where& where() const noexcept { return where_; }
  const std::string& hint() const noexcept { return hint_; }
  const std::vector<std::string>& trace() const noexcept { return trace_; }
  const char* what() const noexcept override { return message_.c_str(); }

  /// Adds context on the way up: "while connecting to host k3s-gpu-worker".
  Error& add_trace(std::string context);
  Error& add_hint(std::string hint);

 private:
  ErrorKind kind_;
  std::string message_;
  Where where_;
  std::string hint_;
  std::vector<std::string> trace_;
};

}  // namespace gpuctl::core
