#include "ssh/client.hpp"

#include <fmt/core.h>

#include "core/error.hpp"
#include "ssh/client_state.hpp"
#include "ssh/socket.hpp"

namespace gpuctl::ssh {

namespace {

using core::Error;

/// Names the jump host in front of what happened there.
Error at_hop(const Error& error, const Target& target, std::size_t hop) {
  const std::string who = target.jumps.size() == 1 ? fmt::format("jump host {}", target.jumps[hop].alias)
                                                   : fmt::format("jump host {} of {}, {}", hop + 1, target.jumps.size(),
                                                                 target.jumps[hop].alias);
  Error named(error.kind(), fmt::format("{}: {}", who, error.message()), error.where(), error.hint());
  for (const auto& line : error.trace()) named.add_trace(line);
  return named;
}

}  // namespace

Client::Client(Prompt& prompt, Options options) : state_(std::make_shared<ClientState>(prompt, options)) {}
Client::~Client() = default;

Connection Client::open(const Target& target) {
  try {
    const auto jump = state_->jump(target, target.jumps.size());
    return Connection(state_, state_->open(target, jump));
  } catch (Error& error) {
    error.add_trace(fmt::format("while connecting to {} port {}", target.text(), target.port));
    throw;
  }
}

Counters Client::counters() const {
  return {state_->connections, state_->execs, state_->forwards};
}

std::unique_ptr<Session> ClientState::open(const Target& target, const std::shared_ptr<Jump>& jump) {
  const auto way = [&]() -> Way {
    if (!jump)
      return {connect_tcp(target.address, target.port, target.connect_timeout, options.silence, options.stop_fd), {}};
    ++forwards;
    Forward forward = jump->forward(target.address, target.port);
    // Whoever uses the socket keeps the jump host's connection.
    return {std::move(forward.socket), [jump, told = forward.told] { return told->text(); }};
  };
  auto session = log_in(target, way, keys, prompt, options);
  ++connections;
  return session;
}

std::shared_ptr<ClientState::Hop> ClientState::hop(const std::string& way) {
  const std::scoped_lock lock(mutex_);
  auto& hop = hops_[way];
  if (!hop) hop = std::make_shared<Hop>();
  return hop;
}

std::shared_ptr<Jump> ClientState::jump(const Target& target, std::size_t hops) {
  if (hops == 0) return nullptr;
  std::string way;
  for (std::size_t at = 0; at < hops; ++at)
    way += fmt::format("{}@{}:{} ", target.jumps[at].user, target.jumps[at].address, target.jumps[at].port);
  const auto place = hop(way);
  const std::scoped_lock lock(place->mutex);
  if (place->jump && place->jump->alive()) return place->jump;
  const auto outer = jump(target, hops - 1);
  try {
    place->jump = std::make_shared<Jump>(open(target.jumps[hops - 1], outer));
  } catch (const Error& error) {
    throw at_hop(error, target, hops - 1);
  }
  return place->jump;
}

}  // namespace gpuctl::ssh
