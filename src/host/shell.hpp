#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "core/secret.hpp"
#include "host/frame.hpp"
#include "host/link.hpp"

namespace gpuctl::host {

/// Nothing was heard for too long. `question` is the one whose answer was waited for.
struct Silence : core::Error {
  Silence(const std::string& message, int question);
  int question;
};

/// The host was reached and lets us do nothing (sudo's word, no shell). Trying again would not help.
struct Refused : core::Error {
  explicit Refused(const std::string& message);
};

/// The shell on a host that stays open: login (and sudo) at the first chunk, which travels with it.
class Shell {
 public:
  struct Options {
    bool become_root = true;
    std::function<core::Secret()> sudo_password;
    std::chrono::seconds silence{20};
    std::string sh = "/bin/sh";  ///< the shell on the host
  };

  Shell(Connector, Options);

  /// True after a chunk was answered, until the link is lost or left.
  bool is_open() const { return open_; }
  /// How often a login came as far as an open shell.
  int logins() const { return logins_; }
  /// Gives the link up; the next chunk logs in anew.
  void leave();

  /// How long question N may be silent beyond Options::silence.
  using Patience = std::function<std::chrono::seconds(int question)>;
  /// Runs one chunk and hands its frames over as they come. Throws Silence, Refused, Error{unreachable} for a
  /// lost link; the shell is then left.
  void run(const std::string& chunk, const std::function<void(Frame)>& on_frame, const Patience& patience);

  /// Work that answers nothing, to be done after what runs already; may be called while frames are handed over.
  /// Throws like run().
  void post(const std::string& script);
  /// Waits a moment for the end of what was posted. Throws nothing.
  void finish() noexcept;

  /// The password that sudo was given, for redaction; empty when none was asked for.
  const core::Secret& password() const { return password_; }
  /// Marks the frames of the present login.
  const std::string& nonce() const { return nonce_; }

 private:
  void enter(const std::string& text);
  void answer_sudo();
  void await_ready(const std::string& text);
  void collect(const std::function<void(Frame)>& on_frame, const Patience& patience, int earlier);
  bool more(core::Deadline, std::string& into);
  int beat_seconds() const;
  [[noreturn]] void refuse(const std::string& message, const std::string& hint);

  Connector connector_;
  Options options_;
  std::unique_ptr<Link> link_;
  std::optional<FrameReader> reader_;
  std::string gate_;    // marks the login; stands in the remote argv, so it protects nothing
  std::string nonce_;   // marks frames; travels on the input only
  std::string banner_;  // what came before the shell was ready
  core::Secret password_;
  bool open_ = false;
  int logins_ = 0;
  int posted_ = 0;  // how much of it has not told its end yet
};

/// The command that logs in: as root where `become_root` and it can be had without a word, else it asks.
std::string login_command(const std::string& gate, bool become_root, const std::string& sh);

}  // namespace gpuctl::host
