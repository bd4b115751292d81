#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "ssh/forward.hpp"
#include "ssh/session.hpp"

namespace gpuctl::ssh {

class Pump;

/// A logged-in session on a jump host, with a thread of its own that alone touches libssh's session and moves the bytes
/// of all forwards. Thread-safe. Ends the forwards when it ends.
class Jump {
 public:
  /// `who` names it in errors: `jump host outer`.
  Jump(std::unique_ptr<Session>, std::string who);
  ~Jump();
  Jump(const Jump&) = delete;
  Jump& operator=(const Jump&) = delete;

  /// A socket to `address` port `port` as the jump host sees them. Returns at once: what is written travels as soon as
  /// the channel is open.
  Forward forward(const std::string& address, int port);
  /// The same for a socket that is there already: `far` is its other end. Tells why it broke.
  std::shared_ptr<Told> carry(Fd far, const std::string& address, int port);
  bool alive() const { return alive_; }

 private:
  struct Request {
    std::string address;
    int port;
    Fd far;
    std::shared_ptr<Told> told;
  };
  void run();
  void loop();
  void take_requests();
  void poll_once();

  std::unique_ptr<Session> session_;
  std::string who_;
  Fd wake_;
  std::atomic<bool> alive_ = true;
  std::atomic<bool> ending_ = false;
  std::mutex mutex_;
  std::deque<Request> requests_;
  std::vector<std::unique_ptr<Pump>> pumps_;
  std::string why_;  // it ended; guarded by mutex_
  std::thread thread_;
};

}  // namespace gpuctl::ssh
