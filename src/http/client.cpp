#include "http/client.hpp"

#include "http/transfer.hpp"
#include "http/worker.hpp"

namespace gpuctl::http {

Exchange::Exchange(std::shared_ptr<Worker> worker, std::shared_ptr<Transfer> transfer)
    : worker_(std::move(worker)), transfer_(std::move(transfer)) {}

Exchange& Exchange::operator=(Exchange&& other) noexcept {
  if (this == &other) return *this;
  cancel();
  worker_ = std::move(other.worker_);
  transfer_ = std::move(other.transfer_);
  return *this;
}

Exchange::~Exchange() {
  cancel();
}

Result Exchange::wait(const std::stop_token& stop) const {
  return transfer_->wait(stop);
}

void Exchange::cancel() {
  if (transfer_) worker_->cancel(transfer_);
}

Client::Client(Server server) : worker_(std::make_shared<Worker>(std::move(server))) {}
Client::~Client() = default;

Exchange Client::start(Request request, Sink sink) {
  auto transfer = std::make_shared<Transfer>(std::move(request), std::move(sink));
  worker_->start(transfer);
  return {worker_, std::move(transfer)};
}

std::vector<Result> Client::all(std::vector<Request> requests, const std::stop_token& stop) {
  std::vector<Exchange> exchanges;
  exchanges.reserve(requests.size());
  for (auto& request : requests) exchanges.push_back(start(std::move(request)));
  std::vector<Result> out;
  out.reserve(exchanges.size());
  for (const auto& exchange : exchanges) out.push_back(exchange.wait(stop));
  return out;
}

Result Client::send(Request request, const std::stop_token& stop) {
  return start(std::move(request)).wait(stop);
}

}  // namespace gpuctl::http
