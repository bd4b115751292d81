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

std::string name_of(const Target& target) {
  return fmt::format("{}@{}:{} ", target.user, target.address, target.port);
}

/// The first `hops` jump hosts: what has the same way shares it.
std::string way_to(const Target& target, std::size_t hops) {
  std::string way;
  for (std::size_t at = 0; at < hops; ++at) way += name_of(target.jumps[at]);
  return way;
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

std::shared_ptr<Told> Client::forward(const Target& host, const std::string& address, int port, Fd far) {
  try {
    set_non_blocking(far.number());
    const auto relay = state_->relay(host);
    ++state_->forwards;
    return relay->carry(std::move(far), address, port);
  } catch (Error& error) {
    error.add_trace(fmt::format("while connecting to {} port {}", host.text(), host.port));
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

std::shared_ptr<Jump> ClientState::relay(const Target& target) {
  const auto place = hop(way_to(target, target.jumps.size()) + "to " + name_of(target));
  const std::scoped_lock lock(place->mutex);
  if (place->jump && place->jump->alive()) return place->jump;
  place->jump = std::make_shared<Jump>(open(target, jump(target, target.jumps.size())), target.alias);
  return place->jump;
}

std::shared_ptr<Jump> ClientState::jump(const Target& target, std::size_t hops) {
  if (hops == 0) return nullptr;
  const auto place = hop(way_to(target, hops));
  const std::scoped_lock lock(place->mutex);
  if (place->jump && place->jump->alive()) return place->jump;
  const auto outer = jump(target, hops - 1);
  try {
    place->jump =
        std::make_shared<Jump>(open(target.jumps[hops - 1], outer), "jump host " + target.jumps[hops - 1].alias);
  } catch (const Error& error) {
    throw at_hop(error, target, hops - 1);
  }
  return place->jump;
}

}  // namespace gpuctl::ssh
