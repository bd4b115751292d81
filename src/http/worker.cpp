#include "http/worker.hpp"

#include <algorithm>
#include <chrono>

namespace gpuctl::http {

namespace {

using Clock = std::chrono::steady_clock;

/// Nothing is due: whatever happens wakes the thread.
constexpr int idle_ms = 600'000;

/// While something is under way: curl 7.88 may have read a part of one stream with another's and not say so.
constexpr int look_ms = 250;

/// Requests under way, streams apart: fewer than a server's HTTP/2 allows on one connection, and what an API server
/// lets one user ask at a time.
constexpr std::ptrdiff_t most_at_once = 64;

Multi new_multi() {
  initialise();
  Multi multi(curl_multi_init());
  curl_multi_setopt(multi.get(), CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  return multi;
}

const Fault cancelled{Fault::Kind::cancelled, "it was cancelled"};

}  // namespace

Worker::Worker(Server server) : connect_(std::move(server)), multi_(new_multi()) {
  thread_ = std::thread([this] { run(); });
}

Worker::~Worker() {
  ending_ = true;
  curl_multi_wakeup(multi_.get());
  thread_.join();
}

void Worker::start(std::shared_ptr<Transfer> transfer) {
  {
    const std::scoped_lock lock(mutex_);
    started_.push_back(std::move(transfer));
  }
  curl_multi_wakeup(multi_.get());
}

void Worker::cancel(const std::shared_ptr<Transfer>& transfer) {
  if (transfer->finished()) return;
  {
    const std::scoped_lock lock(mutex_);
    cancelled_.push_back(transfer);
  }
  curl_multi_wakeup(multi_.get());
  transfer->wait({});
}

void Worker::run() {
  while (!ending_) {
    take_orders();
    begin_due();
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    connect_.hand_over();
    take_results();
    if (!begins_more()) curl_multi_poll(multi_.get(), nullptr, 0, next_due_ms(), nullptr);
  }
  take_orders();
  while (!active_.empty()) drop(active_.back());
  while (!waiting_.empty()) drop(waiting_.back());
}

/// What has ended in this turn made room.
bool Worker::begins_more() {
  const auto before = waiting_.size();
  begin_due();
  return waiting_.size() != before;
}

void Worker::take_orders() {
  std::deque<std::shared_ptr<Transfer>> ended;
  {
    const std::scoped_lock lock(mutex_);
    waiting_.insert(waiting_.end(), started_.begin(), started_.end());
    started_.clear();
    ended.swap(cancelled_);
  }
  for (const auto& transfer : ended) drop(transfer);
}

void Worker::drop(const std::shared_ptr<Transfer>& given) {
  const auto transfer = given;  // it may be the last in the list that it is taken from
  if (transfer->finished()) return;
  if (std::erase(active_, transfer) > 0) curl_multi_remove_handle(multi_.get(), transfer->handle());
  std::erase(waiting_, transfer);
  transfer->finish(cancelled);
}

/// How many more may begin now. Requests made at the same time let the first one make the connection that they then
/// share. (curl's own way to wait for that, CURLOPT_PIPEWAIT, now and then leaves one waiting in 7.88.)
std::ptrdiff_t Worker::room() {
  connected_ = connected_ || std::any_of(active_.begin(), active_.end(), [](const auto& t) { return t->connected(); });
  if (!connected_) return active_.empty() ? 1 : 0;
  return most_at_once - std::count_if(active_.begin(), active_.end(), [](const auto& t) { return !t->stream(); });
}

void Worker::begin_due() {
  auto left = room();
  const auto now = Clock::now();
  std::vector<std::shared_ptr<Transfer>> ready;
  std::erase_if(waiting_, [&](const auto& transfer) {
    const bool turn = transfer->due() <= now && ((connected_ && transfer->stream()) || left-- > 0);
    if (turn) ready.push_back(transfer);
    return turn;
  });
  for (const auto& transfer : ready) {
    CURL* curl = transfer->begin(connect_);
    if (curl && curl_multi_add_handle(multi_.get(), curl) == CURLM_OK)
      active_.push_back(transfer);
    else
      transfer->finish(Fault{Fault::Kind::unreachable, "curl could not be started"});
  }
}

void Worker::take_results() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    CURL* curl = message->easy_handle;
    const auto found = std::find_if(active_.begin(), active_.end(), [&](const auto& t) { return t->handle() == curl; });
    curl_multi_remove_handle(multi_.get(), curl);
    auto transfer = *found;
    active_.erase(found);
    settle(std::move(transfer), code);
  }
}

void Worker::settle(std::shared_ptr<Transfer> transfer, CURLcode code) {
  // A lost connection is made anew by one. Where none can be made the others need not wait for their turn to fail.
  if (code != CURLE_OK) connected_ = !transfer->connected();
  const auto result = transfer->judge(code, connect_);
  if (!result) {
    waiting_.push_back(std::move(transfer));
    return;
  }
  transfer->finish(*result);
  const auto* fault = std::get_if<Fault>(&*result);
  if (fault && fault->kind == Fault::Kind::unreachable && !transfer->connected()) share(*fault);
}

/// Those that have waited for the connection fail with it: each for itself would only wait as long again.
void Worker::share(const Fault& fault) {
  const auto now = Clock::now();
  std::vector<std::shared_ptr<Transfer>> failed;
  std::erase_if(waiting_, [&](const auto& transfer) {
    if (transfer->due() > now) return false;
    failed.push_back(transfer);
    return true;
  });
  for (const auto& transfer : failed) transfer->finish(fault);
}

int Worker::next_due_ms() const {
  using std::chrono::milliseconds;
  const auto now = Clock::now();
  auto wait = milliseconds(active_.empty() ? idle_ms : look_ms);
  // What is due and still waits, waits for the end of another: that wakes the thread.
  for (const auto& transfer : waiting_)
    if (transfer->due() > now) wait = std::min(wait, std::chrono::ceil<milliseconds>(transfer->due() - now));
  return static_cast<int>(wait.count());
}

}  // namespace gpuctl::http
