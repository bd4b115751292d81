#pragma once

#include <libssh/libssh.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/ports.hpp"
#include "ssh/client.hpp"
#include "ssh/fd.hpp"
#include "ssh/handle.hpp"
#include "ssh/wait.hpp"

namespace gpuctl::ssh {

/// A libssh session on a socket of ours. libssh never blocks: all waiting is done here, with our deadlines, and notices
/// a lost link and the wish to stop. Belongs to one thread at a time.
class Session {
 public:
  /// `broken` tells why the socket ended, where somebody knows better than the socket itself (a forward); may be empty.
  Session(const Target&, Fd socket, const Options&, std::function<std::string()> broken);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  ssh_session raw() const { return session_.get(); }
  const Target& target() const { return target_; }
  const Options& options() const { return options_; }

  /// Calls `call` (a libssh function in non-blocking mode) until it answers something other than `again`, waiting in
  /// between. `again` itself is returned at the deadline.
  template <class Call>
  int until_done(int again, core::Deadline deadline, Call call) {
    while (true) {
      const int answer = call();
      if (answer != again) return answer;
      if (!wait(deadline)) return again;
    }
  }

  /// Waits until there may be something to do; false at the deadline. After login it also keeps the link alive and
  /// throws Error{unreachable} when it is lost.
  bool wait(core::Deadline);
  /// Does what can be done now without waiting.
  void step();

  /// From now on silence is noticed: keepalives are sent and answers are expected.
  void logged_in() { logged_in_ = true; }
  /// When to look at the link next.
  core::Deadline next_beat() const;
  /// Sends a keepalive where it is time; throws Error{unreachable} where the last ones were not answered.
  void beat();

  /// What to poll the socket for.
  pollfd interest() const;
  /// The error that explains why libssh can go on no more.
  [[noreturn]] void lost() const;
  /// libssh's own words for the last error, without its prefixes.
  std::string reason() const;
  /// Keeps something alive as long as libssh's session is.
  void keep(std::shared_ptr<void> thing) { kept_.push_back(std::move(thing)); }
  bool connected() const { return ssh_is_connected(session_.get()) != 0; }

 private:
  void send_keepalive();
  void note_traffic();

  Target target_;
  Options options_;
  std::function<std::string()> broken_;
  std::vector<std::shared_ptr<void>> kept_;  // before the session: it goes after it
  SessionHandle session_;
  EventHandle event_;
  ssh_counter_struct traffic_{};
  std::uint64_t heard_ = 0;
  core::Deadline quiet_since_ = Clock::now();
  core::Deadline last_wait_ = Clock::now();
  bool asked_ = false;
  bool logged_in_ = false;
};

}  // namespace gpuctl::ssh
