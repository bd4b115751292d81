#pragma once

#include <array>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>

#include "core/ports.hpp"
#include "http/connect.hpp"
#include "http/easy.hpp"
#include "http/request.hpp"

namespace gpuctl::http {

/// One request on its way, with its repetitions. All but wait() belongs to the worker's thread.
class Transfer {
 public:
  Transfer(Request, Sink);

  /// A fresh handle for the next attempt.
  CURL* begin(Connect&);
  CURL* handle() const { return easy_.get(); }
  /// What came of the attempt; nothing when it is to be made again at due().
  std::optional<Result> judge(CURLcode, Connect&);
  core::Deadline due() const { return due_; }
  /// It has a connection, its own or a shared one.
  bool connected() const { return connected_; }
  /// It stays open, and is told piece by piece.
  bool stream() const { return sink_.data != nullptr; }

  /// Hands the result to the sink and to whoever waits.
  void finish(const Result&);
  Result wait(const std::stop_token&);
  bool finished();

 private:
  static int note_connection(void* self, char*, char*, int, int);
  static std::size_t take(char*, std::size_t, std::size_t, void* self);
  static std::size_t note_header(char*, std::size_t, std::size_t, void* self);
  bool accept(std::string_view bytes);
  void set_up_request();
  bool again_after(CURLcode);
  bool again_after(const Response&);
  bool unconnected() const;
  Fault fault(CURLcode, Connect&) const;

  Request request_;
  Sink sink_;
  core::Deadline deadline_ = core::Deadline::max();
  core::Deadline due_;
  Easy easy_;
  List headers_;
  std::array<char, CURL_ERROR_SIZE> detail_{};
  Response response_;
  bool delivered_ = false;  // something reached the sink: it cannot be taken back
  bool too_large_ = false;
  bool connected_ = false;
  int cuts_ = 0;
  int errors_ = 0;
  int refusals_ = 0;

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<Result> result_;
};

}  // namespace gpuctl::http
