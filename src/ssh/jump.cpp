#include "ssh/jump.hpp"

#include <sys/eventfd.h>

#include "core/error.hpp"
#include "ssh/pump.hpp"
#include "ssh/socket.hpp"

namespace gpuctl::ssh {

std::string Told::text() const {
  const std::scoped_lock lock(mutex_);
  return text_;
}

void Told::set(std::string text) {
  const std::scoped_lock lock(mutex_);
  if (text_.empty()) text_ = std::move(text);
}

Jump::Jump(std::unique_ptr<Session> session, std::string who)
    : session_(std::move(session)), who_(std::move(who)), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  thread_ = std::thread([this] { run(); });
}

Jump::~Jump() {
  ending_ = true;
  eventfd_write(wake_.number(), 1);
  thread_.join();
}

Forward Jump::forward(const std::string& address, int port) {
  auto both = socket_pair();
  auto told = carry(std::move(both.second), address, port);
  return {std::move(both.first), std::move(told)};
}

std::shared_ptr<Told> Jump::carry(Fd far, const std::string& address, int port) {
  auto told = std::make_shared<Told>();
  const std::scoped_lock lock(mutex_);
  if (!why_.empty())
    told->set(why_);  // and the far end closes
  else
    requests_.push_back({address, port, std::move(far), told});
  eventfd_write(wake_.number(), 1);
  return told;
}

void Jump::run() {
  const std::string before = who_ == session_->target().alias ? "" : who_ + ": ";  // it names itself
  std::string why;
  try {
    loop();
  } catch (const core::Error& error) {
    why = before + error.message();
  } catch (const std::exception& error) {
    why = before + error.what();
  }
  alive_ = false;
  const std::scoped_lock lock(mutex_);
  why_ = why.empty() ? "the run is over" : why;
  for (auto& pump : pumps_) pump->told(why_);
  for (auto& request : requests_) request.told->set(why_);
  pumps_.clear();
  requests_.clear();
}

void Jump::loop() {
  while (!ending_) {
    take_requests();
    session_->step();
    // A forward that ends with the whole connection stays, to be told why.
    std::erase_if(pumps_, [&](const auto& pump) { return !pump->turn() && session_->connected(); });
    if (!session_->connected()) session_->lost();
    session_->beat();
    poll_once();
  }
}

void Jump::take_requests() {
  eventfd_t ignored = 0;
  eventfd_read(wake_.number(), &ignored);
  const std::scoped_lock lock(mutex_);
  for (auto& request : requests_)
    pumps_.push_back(std::make_unique<Pump>(*session_, who_, std::move(request.address), request.port,
                                            std::move(request.far), std::move(request.told)));
  requests_.clear();
}

void Jump::poll_once() {
  std::vector<pollfd> fds{{wake_.number(), POLLIN, 0}, session_->interest()};
  for (const auto& pump : pumps_) fds.push_back(pump->interest());
  // Ctrl-C reaches the hosts' threads; this one ends with the last of them.
  wait_for(fds, session_->next_beat(), -1);
}

}  // namespace gpuctl::ssh
