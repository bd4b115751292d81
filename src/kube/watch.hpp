#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "core/ports.hpp"
#include "kube/api.hpp"
#include "kube/question.hpp"

namespace gpuctl::kube {

/// Wakes whoever waits for several watches.
class Bell {
 public:
  void ring();
  /// Until it is rung, or the deadline; false: the run is to stop.
  bool wait(core::Deadline, const std::stop_token&);

 private:
  std::mutex mutex_;
  std::condition_variable_any rung_;
  bool ringing_ = false;
};

/// A listing that is kept up to date by the API server's watch: events, bookmarks, taken up again where it was closed
/// or cut, listed anew after a 410. Used by one thread; the client's thread only fills its inbox.
class Watch {
 public:
  Watch(Api&, Selection, Bell&);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  const Listing& listing() const { return listing_; }
  const Selection& selection() const { return selection_; }
  /// Begins from a fresh listing.
  void begin(Listing);
  /// Takes what has come; true: the listing has changed.
  bool drain();
  /// What it has lost can only be listed anew.
  bool needs_list() const { return needs_list_; }
  /// When it is to be opened again; the far future while it is open.
  core::Deadline due() const { return due_; }
  void open();
  /// Not now: a little later each time.
  void back_off();

 private:
  /// Shared with the client's thread.
  struct Inbox {
    std::mutex mutex;
    std::string rest;  // of a line
    std::deque<std::string> lines;
    std::optional<http::Result> end;
  };
  void take(const std::string& line);
  void take_error(const core::Record& status);
  void ended(const http::Result&);

  Api& api_;
  Selection selection_;
  Bell& bell_;
  Listing listing_;
  std::shared_ptr<Inbox> inbox_;
  Sent sent_;
  bool changed_ = false;
  bool needs_list_ = false;
  int failures_ = 0;
  core::Deadline due_ = core::Deadline::max();
};

/// Lists the selections in parallel and watches them until `enough` says so of the listings (in their order), or the
/// deadline comes: false. `enough` is asked first at once, and then after each change. A cut, a restart of the server
/// and a 429 on the way are got over. Throws Error: unreachable (at the first listing), interrupted, and what `enough`
/// throws.
bool watch_until(Api&, const std::vector<Selection>&, core::Deadline,
                 const std::function<bool(const std::vector<const Listing*>&)>& enough);

}  // namespace gpuctl::kube
