#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "http/connect.hpp"
#include "http/transfer.hpp"

namespace gpuctl::http {

/// The one thread that moves a client's transfers, and the only one that touches curl.
class Worker {
 public:
  explicit Worker(Server);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void start(std::shared_ptr<Transfer>);
  /// Ends it with Fault{cancelled} unless it has ended; returns when nothing more can reach its sink.
  void cancel(const std::shared_ptr<Transfer>&);

 private:
  void run();
  void take_orders();
  void begin_due();
  bool begins_more();
  std::ptrdiff_t room();
  void take_results();
  void settle(std::shared_ptr<Transfer>, CURLcode);
  void share(const Fault&);
  void drop(const std::shared_ptr<Transfer>&);
  int next_due_ms() const;

  Connect connect_;
  Multi multi_;
  bool connected_ = false;  // there is a connection that requests may share
  std::vector<std::shared_ptr<Transfer>> active_;
  std::vector<std::shared_ptr<Transfer>> waiting_;  // for due()

  std::mutex mutex_;
  std::deque<std::shared_ptr<Transfer>> started_, cancelled_;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

}  // namespace gpuctl::http
