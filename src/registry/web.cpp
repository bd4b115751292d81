#include "registry/web.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "core/error.hpp"
#include "util/base64.hpp"
#include "util/strings.hpp"

namespace gpuctl::registry {

namespace {

constexpr int most_redirects = 10;

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::string hint_of(http::Fault::Kind kind) {
  switch (kind) {
    case http::Fault::Kind::untrusted:
      return "--ca-file names who may sign the certificate; --insecure-skip-tls-verify trusts anybody";
    case http::Fault::Kind::late:
      return "try again; --fetch-timeout gives it more time";
    case http::Fault::Kind::cut:
      return "try again";
    case http::Fault::Kind::too_large:
      return "is that the address of a chart, or of the repository that has it?";
    default:
      return "is the address right, and is a proxy needed (https_proxy)?";
  }
}

[[noreturn]] void refuse(const chart::Address& address, const http::Fault& fault) {
  if (fault.kind == http::Fault::Kind::cancelled)
    throw core::Error(core::ErrorKind::interrupted, fmt::format("{} was not fetched to its end", address.text()));
  throw core::Error(core::ErrorKind::failed, fmt::format("GET {}: {}", address.text(), fault.why), {},
                    hint_of(fault.kind));
}

/// What a server says of its own error, where it is short and of one line.
std::string said(const http::Response& response) {
  const auto text = util::trim(response.body);
  const bool plain = !text.empty() && text.size() <= 200 && std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' && c != '\x7f';
  });
  return plain && !text.starts_with('<') ? fmt::format(" ({})", text) : "";
}

}  // namespace

core::Secret basic(const std::string& user, const core::Secret& password) {
  if (user.empty()) return {};
  return core::Secret("Basic " + util::base64_encode(user + ":" + password.reveal()));
}

void refuse_status(const Came& came, const std::string& hint) {
  const auto status = came.response.status;
  throw core::Error(core::ErrorKind::failed,
                    fmt::format("GET {}: HTTP status {}{}", came.from.text(), status, said(came.response)), {},
                    status >= 500 ? "the server has failed, not the question: try again later" : hint);
}

std::string file_name(const chart::Address& address) {
  return address.path.substr(address.path.rfind('/') + 1);
}

http::Client& Web::client(const chart::Address& address, const chart::Access& access) {
  auto& client = clients_[fmt::format("{}\n{}\n{}\n{}\n{}", address.origin(), access.ca_file, access.cert_file,
                                      access.key_file, access.insecure_skip_tls_verify)];
  if (client) return *client;
  http::Server server;
  server.url = address.origin();
  server.ca_file = access.ca_file.empty() ? options_.route.ca_file : access.ca_file;
  server.verify = !access.insecure_skip_tls_verify;
  if (access.cert_file.empty() != access.key_file.empty())
    throw core::Error(core::ErrorKind::usage, "--cert-file and --key-file belong together: only one of them is given");
  if (!access.cert_file.empty()) {
    server.certificate = options_.read(access.cert_file);
    server.key = core::Secret(options_.read(access.key_file));
  }
  server.proxy = options_.route.proxy;
  server.no_proxy = options_.route.no_proxy;
  server.trust_hint = "--ca-file";
  client = std::make_unique<http::Client>(std::move(server));
  return *client;
}

http::Response Web::once(const Question& question, const chart::Access& access) {
  http::Request request;
  request.path = question.address.target();
  request.headers = question.more;
  if (!question.accept.empty()) request.headers.emplace_back("Accept", question.accept);
  if (!question.authorization.empty()) request.headers.emplace_back("Authorization", question.authorization.reveal());
  if (!question.form.empty()) {
    request.method = "POST";
    request.body = question.form;
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  }
  request.time = options_.time;
  request.most = question.most;
  if (!question.compressed) request.headers.emplace_back("Accept-Encoding", "identity");
  auto result = client(question.address, access).send(std::move(request), options_.stop);
  if (const auto* fault = std::get_if<http::Fault>(&result)) refuse(question.address, *fault);
  return std::get<http::Response>(std::move(result));
}

Came Web::ask(Question question, const chart::Access& access) {
  const auto home = question.address.origin();
  const auto own = question.authorization;
  for (int hops = 0; hops <= most_redirects; ++hops) {
    auto& address = question.address;
    question.authorization = address.origin() == home ? own : core::Secret();
    if (question.authorization.empty()) question.authorization = basic(address.user, address.password);
    auto response = once(question, access);
    const auto location = response.header("location");
    if (!is_redirect(response.status) || location.empty()) return {std::move(response), address};
    auto next = chart::redirected(address, location);
    if (next.scheme == "oci" || (next.scheme == "http" && address.scheme == "https"))
      throw core::Error(core::ErrorKind::failed,
                        fmt::format("GET {}: it redirects from https to {}", address.text(), next.text()));
    if (next.origin() == address.origin() && next.user.empty()) {
      next.user = address.user;
      next.password = address.password;
    }
    address = std::move(next);
    question.form.clear();
  }
  throw core::Error(core::ErrorKind::failed,
                    fmt::format("GET {}: it redirects more than {} times", question.address.text(), most_redirects));
}

}  // namespace gpuctl::registry
