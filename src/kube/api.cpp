#include "kube/api.hpp"

#include <fmt/core.h>

#include "core/error.hpp"
#include "kube/status.hpp"
#include "util/base64.hpp"

namespace gpuctl::kube {

namespace {

using core::Error;
using core::ErrorKind;
using http::Fault;

http::Server server_of(const Access& access, const Options& options) {
  http::Server server;
  server.url = access.server;
  server.issuers = access.issuers;
  server.ca_file = options.ca_file;
  server.name = access.server_name;
  server.verify = access.verify;
  server.certificate = access.certificate;
  server.key = access.key;
  server.proxy = access.proxy.empty() ? options.proxy : access.proxy;
  // proxy-url is for this server: what the environment exempts does not count.
  server.no_proxy = access.proxy.empty() ? options.no_proxy : "";
  server.carrier = options.carrier;
  server.trust_hint = fmt::format("certificate-authority of cluster \"{}\"", access.cluster);
  server.name_hint = fmt::format("tls-server-name of cluster \"{}\"", access.cluster);
  return server;
}

void add_credentials(http::Request& request, const Access& access) {
  if (!access.token.empty())
    request.headers.emplace_back("Authorization", "Bearer " + access.token.reveal());
  else if (!access.username.empty())
    request.headers.emplace_back("Authorization",
                                 "Basic " + util::base64_encode(access.username + ":" + access.password.reveal()));
}

std::string hint_of(Fault::Kind kind, const Access& access, const Options& options) {
  if (kind == Fault::Kind::untrusted) return "is the kubeconfig of this cluster, and of today?";
  if (kind == Fault::Kind::unreachable && options.through.empty())
    return fmt::format("server of cluster \"{}\" is {}; does it run, and is there a way to it from here?",
                       access.cluster, access.server);
  return {};
}

}  // namespace

Api::Api(Access access, Options options)
    : access_(std::move(access)), options_(std::move(options)), client_(server_of(access_, options_)) {}

void Api::check_stop() const {
  if (options_.stop.stop_requested()) throw Error(ErrorKind::interrupted, "interrupted");
}

http::Request Api::get(std::string path) const {
  return request("GET", std::move(path), "", "");
}

http::Request Api::request(std::string method, std::string path, std::string content_type, std::string body) const {
  http::Request out;
  out.repeatable = method != "POST";
  out.method = std::move(method);
  out.path = std::move(path);
  if (!content_type.empty()) out.headers.emplace_back("Content-Type", std::move(content_type));
  out.body = std::move(body);
  out.time = options_.request;
  return out;
}

Sent Api::start(http::Request request, http::Sink sink) {
  add_credentials(request, access_);
  const int depth = trace_.sent(request.method);
  return {client_.start(std::move(request), std::move(sink)), depth};
}

http::Response Api::checked(http::Result result) const {
  check_stop();
  if (auto* response = std::get_if<http::Response>(&result)) {
    if (response->status == 401)
      throw Error(ErrorKind::unreachable, fmt::format("{}: {}", access_.server, refusal_of(*response).why), {},
                  fmt::format("we showed {}", access_.who));
    return std::move(*response);
  }
  const auto& fault = std::get<Fault>(result);
  if (fault.kind == Fault::Kind::too_large) return {0, {}, fault.why};
  const std::string way = options_.through.empty() ? "" : fmt::format(" through {}", options_.through);
  throw Error(ErrorKind::unreachable, fmt::format("the API server {}{}: {}", access_.server, way, fault.why), {},
              hint_of(fault.kind, access_, options_));
}

http::Response Api::answer(const Sent& sent) const {
  auto result = sent.exchange.wait(options_.stop);
  trace_.answered(sent.depth);
  return checked(std::move(result));
}

std::vector<http::Response> Api::all(std::vector<http::Request> requests) {
  std::vector<Sent> sent;
  sent.reserve(requests.size());
  for (auto& request : requests) sent.push_back(start(std::move(request)));
  std::vector<http::Response> out;
  out.reserve(sent.size());
  for (const auto& one : sent) out.push_back(answer(one));
  return out;
}

http::Response Api::send(http::Request request) {
  return answer(start(std::move(request)));
}

}  // namespace gpuctl::kube
