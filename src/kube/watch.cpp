#include "kube/watch.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/error.hpp"

namespace gpuctl::kube {

namespace {

using core::Deadline;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// The server closes a watch itself after some minutes; one that is taken up again loses nothing.
constexpr int watch_seconds = 290;
/// Of one line: an object with much in it.
constexpr std::size_t longest_line = std::size_t{32} << 20U;
constexpr int watch_gone = 410;

}  // namespace

void Bell::ring() {
  const std::scoped_lock lock(mutex_);
  ringing_ = true;
  rung_.notify_all();
}

bool Bell::wait(Deadline deadline, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  rung_.wait_until(lock, stop, deadline, [&] { return ringing_; });
  ringing_ = false;
  return !stop.stop_requested();
}

Watch::Watch(Api& api, Selection selection, Bell& bell) : api_(api), selection_(std::move(selection)), bell_(bell) {}

void Watch::begin(Listing listing) {
  listing_ = std::move(listing);
  needs_list_ = false;
  // What may not be listed may not be watched either; the kind may be gone.
  if (listing_.failed.empty())
    open();
  else
    back_off();
}

void Watch::open() {
  sent_ = {};
  due_ = Deadline::max();
  auto request =
      api_.get(fmt::format("{}?{}watch=true&allowWatchBookmarks=true&timeoutSeconds={}&resourceVersion={}",
                           selection_.path, selectors(selection_), watch_seconds, encoded(listing_.resource_version)));
  request.time = std::chrono::seconds(watch_seconds + 30);
  inbox_ = std::make_shared<Inbox>();
  http::Sink sink;
  sink.data = [inbox = inbox_, &bell = bell_](std::string_view bytes) {
    const std::scoped_lock lock(inbox->mutex);
    for (auto end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
      inbox->lines.push_back(std::exchange(inbox->rest, {}) + std::string(bytes.substr(0, end)));
      bytes.remove_prefix(end + 1);
    }
    if (inbox->rest.size() + bytes.size() < longest_line) inbox->rest += bytes;
    bell.ring();
  };
  sink.end = [inbox = inbox_, &bell = bell_](const http::Result& result) {
    const std::scoped_lock lock(inbox->mutex);
    inbox->end = result;
    bell.ring();
  };
  sent_ = api_.start(std::move(request), std::move(sink));
}

bool Watch::drain() {
  changed_ = false;
  if (!inbox_) return false;
  std::deque<std::string> lines;
  std::optional<http::Result> end;
  {
    const std::scoped_lock lock(inbox_->mutex);
    lines.swap(inbox_->lines);
    end.swap(inbox_->end);
  }
  for (const auto& line : lines)
    if (!needs_list_) take(line);
  if (end) ended(*end);
  return changed_;
}

void Watch::take(const std::string& line) {
  auto event = event_of(line, selection_.keep);
  if (!event) return;  // cut in the middle: it comes again
  if (event->type == "ERROR") return take_error(event->object);
  failures_ = 0;
  listing_.resource_version = core::text_of(event->object, "/metadata/resourceVersion");
  if (event->type == "BOOKMARK") return;
  changed_ = true;
  auto key = key_of(event->object);
  if (event->type == "DELETED")
    listing_.items.erase(key);
  else
    listing_.items.insert_or_assign(std::move(key), std::move(event->object));
}

void Watch::take_error(const core::Record& status) {
  if (core::text_of(status, "/code") != std::to_string(watch_gone)) return;  // the stream ends, and is taken up again
  needs_list_ = true;
  due_ = Clock::now();
}

void Watch::ended(const http::Result& result) {
  inbox_.reset();
  const auto* response = std::get_if<http::Response>(&result);
  if (response && response->status == watch_gone) needs_list_ = true;
  if (response && response->good())
    due_ = Clock::now() +
           milliseconds(failures_++ == 0 ? 0 : 200);  // one that is closed at once is not opened in a circle
  else
    back_off();
  if (response && response->status == 401) api_.renew(sent_.login);
  // The kind may have been taken away, or the right.
  if (response && (response->status == 403 || response->status == 404)) needs_list_ = true;
}

void Watch::back_off() {
  due_ = Clock::now() + std::min(milliseconds(5000), milliseconds(100 << std::min(failures_++, 6)));
}

namespace {

/// The watches of one wait.
class Wait {
 public:
  Wait(Api& api, const std::vector<Selection>& selections) : api_(api) {
    for (const auto& selection : selections) watches_.push_back(std::make_unique<Watch>(api, selection, bell_));
  }

  void list_all() {
    std::vector<Watch*> all;
    for (const auto& watch : watches_) all.push_back(watch.get());
    list(all);
  }

  std::vector<const Listing*> listings() const {
    std::vector<const Listing*> out;
    for (const auto& watch : watches_) out.push_back(&watch->listing());
    return out;
  }

  /// Waits for news; true: a listing has changed.
  bool turn(Deadline deadline) {
    for (const auto& watch : watches_) deadline = std::min(deadline, watch->due());
    if (!bell_.wait(deadline, api_.stop())) api_.check_stop();
    bool changed = false;
    for (const auto& watch : watches_) changed |= watch->drain();
    return repair() || changed;
  }

 private:
  void list(const std::vector<Watch*>& watches) {
    std::vector<std::unique_ptr<ListQuestion>> questions;
    std::vector<Question*> open;
    for (const auto* watch : watches) {
      questions.push_back(std::make_unique<ListQuestion>(api_, watch->selection()));
      open.push_back(questions.back().get());
    }
    ask(api_, open);
    for (std::size_t at = 0; at < watches.size(); ++at) watches[at]->begin(questions[at]->take_listing());
  }

  /// Opens again what was closed; true: something was listed anew.
  bool repair() {
    std::vector<Watch*> lost;
    for (const auto& watch : watches_) {
      if (watch->due() > Clock::now()) continue;
      if (watch->needs_list() || !watch->listing().failed.empty())
        lost.push_back(watch.get());
      else
        watch->open();
    }
    if (lost.empty()) return false;
    try {
      list(lost);
      return true;
    } catch (const core::Error& error) {
      // The server is away for a while; whoever waits for it has a deadline.
      if (error.kind() != core::ErrorKind::unreachable) throw;
      for (auto* watch : lost) watch->back_off();
      return false;
    }
  }

  Api& api_;
  Bell bell_;
  std::vector<std::unique_ptr<Watch>> watches_;
};

}  // namespace

bool watch_until(Api& api, const std::vector<Selection>& selections, Deadline deadline,
                 const std::function<bool(const std::vector<const Listing*>&)>& enough) {
  Wait wait(api, selections);
  wait.list_all();
  if (enough(wait.listings())) return true;
  while (Clock::now() < deadline)
    if (wait.turn(deadline) && enough(wait.listings())) return true;
  return false;
}

}  // namespace gpuctl::kube
