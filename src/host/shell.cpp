#include "host/shell.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "host/script.hpp"
#include "util/digest.hpp"
#include "util/strings.hpp"

namespace gpuctl::host {

namespace {

using Clock = std::chrono::steady_clock;

/// The last lines that people can make something of.
std::string last_lines(const std::string& text) {
  auto lines = util::lines(text);
  std::erase_if(lines, [](const std::string& line) { return util::trim(line).empty(); });
  if (lines.size() > 3) lines.erase(lines.begin(), lines.end() - 3);
  auto out = util::join(lines, "; ");
  return out.size() > 400 ? out.substr(out.size() - 400) : out;
}

constexpr const char* end_of_posted = "q=-1; t 0 last\n";

bool says(const std::string& text, std::string_view what) {
  return text.find(what) != std::string::npos;
}

}  // namespace

Silence::Silence(const std::string& message, int question)
    : core::Error(core::ErrorKind::unreachable, message), question(question) {}

Refused::Refused(const std::string& message) : core::Error(core::ErrorKind::unreachable, message) {}

Shell::Shell(Connector connector, Options options) : connector_(std::move(connector)), options_(std::move(options)) {}

void Shell::leave() {
  if (link_) link_->kill();
  link_.reset();
  open_ = false;
  posted_ = 0;
}

void Shell::run(const std::string& chunk, const std::function<void(Frame)>& on_frame, const Patience& patience) {
  try {
    const int earlier = posted_;
    if (open_)
      link_->send(chunk, Clock::now() + options_.silence);
    else
      enter(chunk);
    collect(on_frame, patience, earlier);
  } catch (...) {
    leave();
    throw;
  }
}

void Shell::post(const std::string& script) {
  link_->send(script + end_of_posted, Clock::now() + options_.silence);
  ++posted_;
}

void Shell::finish() noexcept {
  if (!open_) return;
  try {
    const auto deadline = Clock::now() + std::chrono::seconds(2);
    std::string bytes;
    do {
      reader_->feed(std::exchange(bytes, {}));
      while (reader_->has_frame())
        if (reader_->take().question == end_of_chunk) --posted_;
    } while (posted_ > 0 && more(deadline, bytes));
  } catch (...) {
    // What it was to clear away, the next run does, or the host's next start.
  }
}

/// Logs in. The script is sent on the guess that nothing has to be asked for, so that it costs no round trip.
void Shell::enter(const std::string& text) {
  gate_ = util::random_hex(16);
  nonce_ = util::random_hex(16);
  banner_.clear();
  reader_.emplace(nonce_);
  link_ = connector_(login_command(gate_, options_.become_root, options_.sh));
  const auto script = gate_ + "\n" + prologue(nonce_, beat_seconds()) + text;
  link_->send(script, Clock::now() + options_.silence);
  await_ready(script);
  open_ = true;
  ++logins_;
}

/// Reads up to the shell's first sign of life. The gatekeeper says that it is ready only after a password: otherwise
/// the script is there already, and a small packet ahead of the answer would hold that back.
void Shell::await_ready(const std::string& script) {
  const auto ready = "\n" + gate_ + " ready\n";
  bool asked = false;
  for (auto deadline = Clock::now() + options_.silence;;) {
    if (reader_->heard()) return;
    if (asked && says(banner_, ready)) return link_->send(script, deadline);
    if (!asked && says(banner_, "\n" + gate_ + " ask\n")) {
      asked = true;
      answer_sudo();
      deadline = Clock::now() + options_.silence;
    }
    if (says(banner_, "\n" + gate_ + " nosudo\n"))
      refuse("root is needed, the login user is not root, and there is no sudo on the host", "log in as root");
    if (asked && (says(banner_, "Sorry, try again") || says(banner_, "incorrect password")))
      refuse("sudo did not accept the password",
             "give the right one: it is asked for, or taken from GPUCTL_SUDO_PASSWORD");
    if (says(banner_, "is not in the sudoers file") || says(banner_, "is not allowed to run sudo"))
      refuse("the login user may not use sudo", "add the user to sudoers, or log in as root");
    const auto seen = banner_.size();
    if (more(deadline, banner_))
      reader_->feed(std::string_view(banner_).substr(seen));
    else
      throw Silence(asked ? "sudo did not answer to the password" : "the login shell did not answer", begin_of_chunk);
  }
}

void Shell::answer_sudo() {
  if (says(banner_, "must have a tty"))
    refuse("sudo wants a terminal (requiretty)", "lift requiretty for the login user in sudoers, or log in as root");
  if (password_.empty() && options_.sudo_password) password_ = options_.sudo_password();
  if (password_.empty())
    refuse("sudo wants a password, and there is none",
           "run in a terminal to be asked for it, set GPUCTL_SUDO_PASSWORD, or allow sudo without one (NOPASSWD)");
  if (says(password_.reveal(), "\n")) refuse("the sudo password holds a line end", "");
  link_->send(gate_ + " go\n" + password_.reveal() + "\n", Clock::now() + options_.silence);
}

/// False: the deadline came. Throws when the shell has ended.
bool Shell::more(core::Deadline deadline, std::string& into) {
  const auto got = link_->receive(deadline);
  into += got.bytes;
  if (!got.ended) return !got.bytes.empty() || Clock::now() < deadline;
  if (open_) throw core::Error(core::ErrorKind::unreachable, "the shell on the host has ended");
  const auto words = last_lines(into);
  refuse(words.empty() ? "the login shell ended at once" : "the login shell ended at once, saying: " + words,
         says(words, "terminal is required") || says(words, "must have a tty")
             ? "lift requiretty for the login user in sudoers, or log in as root"
             : "");
}

/// `earlier`: so much that was posted tells its end before this chunk does.
void Shell::collect(const std::function<void(Frame)>& on_frame, const Patience& patience, int earlier) {
  constexpr std::size_t most = 4 << 20;
  int waiting_for = begin_of_chunk;
  int before = earlier;
  auto heard = Clock::now();
  while (true) {
    while (reader_->has_frame()) {
      Frame frame = reader_->take();
      if (frame.question == end_of_chunk && before-- == 0) return;
      if (frame.question == end_of_chunk) --posted_;
      if (frame.last) waiting_for = std::max(frame.question, 0) + 1;
      if (frame.question != begin_of_chunk && frame.question != end_of_chunk) on_frame(std::move(frame));
    }
    if (reader_->pending().size() > most)
      throw core::Error(core::ErrorKind::unreachable, "the host sends more than an answer can be");
    const auto allowed = options_.silence + patience(waiting_for);
    std::string bytes;
    if (!more(heard + allowed, bytes))
      throw Silence(fmt::format("nothing was heard of the host for {} s", allowed.count()), waiting_for);
    if (bytes.empty()) continue;
    heard = Clock::now();
    reader_->feed(bytes);
  }
}

/// Four of them are missing before the link counts as lost.
int Shell::beat_seconds() const {
  return std::max(1, static_cast<int>(options_.silence.count() / 4));
}

void Shell::refuse(const std::string& message, const std::string& hint) {
  Refused error(message);
  if (!hint.empty()) error.add_hint(hint);
  throw error;
}

}  // namespace gpuctl::host
