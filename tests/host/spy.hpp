#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/error.hpp"
#include "host/link.hpp"

namespace host_test {

/// A link that shows a test what comes, and that a test can cut.
class Spy final : public gpuctl::host::Link {
 public:
  /// Told everything received so far; true: the link is lost now.
  using Look = std::function<bool(const std::string& received)>;

  Spy(std::unique_ptr<gpuctl::host::Link> link, Look look) : link_(std::move(link)), look_(std::move(look)) {}

  void send(std::string_view bytes, gpuctl::core::Deadline deadline) override { link_->send(bytes, deadline); }
  Received receive(gpuctl::core::Deadline deadline) override {
    auto got = link_->receive(deadline);
    seen_ += got.bytes;
    if (look_(seen_)) {
      link_->kill();
      throw gpuctl::core::Error(gpuctl::core::ErrorKind::unreachable, "the link was cut by the test");
    }
    return got;
  }
  void close_input() override { link_->close_input(); }
  void kill() override { link_->kill(); }

 private:
  std::unique_ptr<gpuctl::host::Link> link_;
  Look look_;
  std::string seen_;
};

/// `look` is told the number of the login too, from 1.
inline gpuctl::host::Connector spied(gpuctl::host::Connector inner,
                                     std::function<bool(int login, const std::string& received)> look) {
  auto count = std::make_shared<int>(0);
  return [=](const std::string& command) -> std::unique_ptr<gpuctl::host::Link> {
    const int login = ++*count;
    return std::make_unique<Spy>(inner(command), [=](const std::string& received) { return look(login, received); });
  };
}

}  // namespace host_test
