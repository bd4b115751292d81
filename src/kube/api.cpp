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

/// For what is tidied up at the end.
constexpr std::chrono::seconds last_patience{5};

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

/// What a person may do about it, and where in the kubeconfig.
Error unreachable(std::string message, Fault::Kind kind, const Access& access, const Options& options) {
  if (kind == Fault::Kind::untrusted)
    return {ErrorKind::unreachable, std::move(message), access.issuers_at,
            "is the kubeconfig of this cluster, and of today?"};
  if (kind == Fault::Kind::unreachable && options.through.empty())
    return {ErrorKind::unreachable, std::move(message), access.server_at,
            "does it run, and is there a way to it from here?"};
  if (kind == Fault::Kind::cut && options.through.empty())
    return {ErrorKind::unreachable, std::move(message), access.server_at,
            "see its log, and what stands between it and here"};
  return {ErrorKind::unreachable, std::move(message)};
}

bool same_credentials(const Access& a, const Access& b) {
  return a.token.reveal() == b.token.reveal() && a.certificate == b.certificate && a.key.reveal() == b.key.reveal() &&
         a.username == b.username && a.password.reveal() == b.password.reveal();
}

}  // namespace

Login::Login(Access given, const Options& options) : access(std::move(given)), client(server_of(access, options)) {}

Api::Api(Access access, Options options)
    : access_(std::move(access)), options_(std::move(options)), login_(std::make_shared<Login>(access_, options_)) {
  if (!options_.seal) options_.seal = std::make_shared<core::Seal>();
}

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

std::shared_ptr<Login> Api::login() {
  const std::scoped_lock lock(mutex_);
  return login_;
}

Sent Api::start(http::Request request, http::Sink sink) {
  Sent out;
  out.login = login();
  if (options_.renew && !sink.data) out.request = request;
  add_credentials(request, out.login->access);
  out.depth = trace_.sent(request.method);
  out.exchange = out.login->client.start(std::move(request), std::move(sink));
  return out;
}

bool Api::renew(const std::shared_ptr<Login>& refused) {
  const std::scoped_lock lock(mutex_);
  if (login_ != refused) return true;  // another request has met the same
  // New ones that are refused at once are not renewed again: whoever gives them out is asked once.
  if (!options_.renew || refused->given_up || (refused->renewed && !refused->accepted)) return false;
  refused->given_up = true;
  try {
    auto fresh = options_.renew();
    if (same_credentials(fresh, refused->access)) return false;
    login_ = std::make_shared<Login>(std::move(fresh), options_);
    login_->renewed = true;
  } catch (Error& error) {
    throw error.add_trace(fmt::format("after {} had been answered with 401 Unauthorized", refused->access.who));
  }
  return true;
}

http::Response Api::checked(http::Result result, const Login& login) const {
  check_stop();
  return answered(std::move(result), login);
}

http::Response Api::answered(http::Result result, const Login& login) const {
  if (auto* response = std::get_if<http::Response>(&result)) {
    if (response->status == 401)
      throw Error(
          ErrorKind::unreachable,
          fmt::format("the API server {} does not accept {} (401 Unauthorized)", access_.server, login.access.who),
          login.access.user_at, login.access.advice);
    return std::move(*response);
  }
  const auto& fault = std::get<Fault>(result);
  if (fault.kind == Fault::Kind::too_large) return {0, {}, fault.why};
  const std::string way = options_.through.empty() ? "" : fmt::format(" through {}", options_.through);
  throw unreachable(fmt::format("the API server {}{}: {}", access_.server, way, fault.why), fault.kind, access_,
                    options_);
}

http::Response Api::answer(const Sent& sent) {
  auto result = sent.exchange.wait(options_.stop);
  trace_.answered(sent.depth);
  const auto* response = std::get_if<http::Response>(&result);
  if (!response || response->status != 401) {
    if (response) sent.login->accepted = true;
    return checked(std::move(result), *sent.login);
  }
  if (!renew(sent.login)) return checked(std::move(result), *sent.login);
  return answer(start(sent.request));
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

http::Response Api::send_at_last(http::Request request) {
  request.time = last_patience;
  const auto sent = start(std::move(request));
  auto result = sent.exchange.wait({});
  trace_.answered(sent.depth);
  return answered(std::move(result), *sent.login);
}

http::Response Api::send(http::Request request) {
  return answer(start(std::move(request)));
}

}  // namespace gpuctl::kube
