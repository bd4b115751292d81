#include "host/ssh_link.hpp"

#include <array>
#include <optional>

#include "core/error.hpp"

namespace gpuctl::host {

namespace {

class SshLink final : public Link {
 public:
  SshLink(ssh::Connection connection, const std::string& command)
      : connection_(std::move(connection)), stream_(connection_->exec(command)) {}

  void send(std::string_view bytes, core::Deadline deadline) override { stream().send(bytes, deadline); }

  Received receive(core::Deadline deadline) override {
    std::array<char, 32768> buffer;
    const auto got = stream().receive(buffer, deadline);
    if (!got) return {};
    if (*got == 0) return {stream().errors(), true};
    return {std::string(buffer.data(), *got), false};
  }

  void close_input() override { stream().close_input(); }

  void kill() override {
    stream_.reset();
    connection_.reset();
  }

 private:
  ssh::Stream& stream() {
    if (!stream_) throw core::Error(core::ErrorKind::unreachable, "the connection was given up");
    return *stream_;
  }

  std::optional<ssh::Connection> connection_;
  std::optional<ssh::Stream> stream_;  // after the connection: it ends first
};

}  // namespace

Connector ssh_connector(std::function<ssh::Connection()> open) {
  return [open = std::move(open)](const std::string& command) -> std::unique_ptr<Link> {
    return std::make_unique<SshLink>(open(), command);
  };
}

}  // namespace gpuctl::host
