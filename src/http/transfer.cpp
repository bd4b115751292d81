#include "http/transfer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

#include "http/explain.hpp"
#include "util/strings.hpp"

namespace gpuctl::http {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// Of an answer that is no success only so much is kept for the error message.
constexpr std::size_t most_of_error = 64 * 1024;

/// For the connection and its TLS handshake.
constexpr milliseconds connect_patience{10'000};

milliseconds until(core::Deadline deadline) {
  return std::max(milliseconds(1), std::chrono::ceil<milliseconds>(deadline - Clock::now()));
}

bool is_cut(CURLcode code) {
  switch (code) {
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_SSL_CONNECT_ERROR:
      return true;
    default:
      return false;
  }
}

Fault::Kind kind_of(CURLcode code) {
  if (is_cut(code)) return Fault::Kind::cut;
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return Fault::Kind::late;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
      return Fault::Kind::untrusted;
    case CURLE_WRITE_ERROR:
    case CURLE_FILESIZE_EXCEEDED:
      return Fault::Kind::too_large;
    default:
      return Fault::Kind::unreachable;
  }
}

/// Who says itself what may be done to the answer on the way gets what comes: some servers take a file that is packed
/// for one that they packed.
bool names_encoding(const Headers& headers) {
  return std::ranges::any_of(headers, [](const auto& header) { return header.first == "Accept-Encoding"; });
}

}  // namespace

Transfer::Transfer(Request request, Sink sink)
    : request_(std::move(request)), sink_(std::move(sink)), due_(Clock::now()) {}

CURL* Transfer::begin(Connect& connect) {
  // Its time begins with its turn, not in the queue.
  if (deadline_ == core::Deadline::max()) deadline_ = Clock::now() + request_.time;
  easy_.reset(curl_easy_init());
  response_ = {};
  connected_ = false;
  detail_.fill('\0');
  CURL* curl = easy_.get();
  if (!curl) return nullptr;
  connect.set_up(curl);
  curl_easy_setopt(curl, CURLOPT_URL, url_of(connect.server(), request_.path).c_str());
  headers_.reset();
  const auto add = [&](const std::string& line) {
    headers_.reset(curl_slist_append(headers_.release(), line.c_str()));
  };
  if (const auto host = host_header(connect.server()); !host.empty()) add("Host: " + host);
  for (const auto& [name, value] : request_.headers) add(name + ": " + value);
  add("Expect:");  // no question before a body over HTTP/1.1: it costs a round trip
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers_.get());
  set_up_request();
  return curl;
}

void Transfer::set_up_request() {
  CURL* curl = easy_.get();
  curl_easy_setopt(curl, CURLOPT_PRIVATE, this);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail_.data());
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(until(deadline_).count()));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect_patience.count()));
  curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, note_connection);
  curl_easy_setopt(curl, CURLOPT_PREREQDATA, this);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, note_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
  // What is read piece by piece must not wait in a decoder.
  if (!sink_.data && !names_encoding(request_.headers)) curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
  if (!request_.body.empty() || request_.method == "POST" || request_.method == "PATCH") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request_.body.c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
  }
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  // On a connection that was used before, curl sends again by itself what got no answer.
  if (!request_.repeatable) curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
}

int Transfer::note_connection(void* self, char*, char*, int, int) {
  static_cast<Transfer*>(self)->connected_ = true;
  return CURL_PREREQFUNC_OK;
}

std::size_t Transfer::take(char* bytes, std::size_t size, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->accept({bytes, size * count}) ? size * count : 0;
}

bool Transfer::accept(std::string_view bytes) {
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  const bool good = status >= 200 && status <= 299;
  if (good && sink_.data) {
    delivered_ = true;
    sink_.data(bytes);
    return true;
  }
  if (!good) {
    response_.body.append(bytes.substr(0, most_of_error - std::min(most_of_error, response_.body.size())));
    return true;
  }
  too_large_ = response_.body.size() + bytes.size() > request_.most;
  if (!too_large_) response_.body.append(bytes);
  return !too_large_;
}

std::size_t Transfer::note_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& headers = static_cast<Transfer*>(self)->response_.headers;
  const std::string_view line(bytes, size * count);
  if (line.starts_with("HTTP/")) headers.clear();
  if (const auto colon = line.find(':'); colon != std::string_view::npos) {
    std::string name(line.substr(0, colon));
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    headers.emplace_back(std::move(name), util::trim(line.substr(colon + 1)));
  }
  return size * count;
}

bool Transfer::again_after(CURLcode code) {
  if (!is_cut(code) || !request_.repeatable || delivered_ || cuts_ > 0) return false;
  ++cuts_;
  due_ = Clock::now();
  return true;
}

bool Transfer::again_after(const Response& response) {
  if (response.status == 429 && request_.patient) {
    due_ = Clock::now() + retry_after(response);
    ++refusals_;
    return due_ < deadline_;
  }
  const bool passing = response.status == 500 || (response.status >= 502 && response.status <= 504);
  if (!passing || !request_.repeatable || errors_ > 1) return false;
  const auto asked =
      response.header("retry-after").empty() ? milliseconds(100 << (2 * errors_)) : retry_after(response);
  due_ = Clock::now() + asked;
  ++errors_;
  return due_ < deadline_;
}

/// It never got as far as a connection.
bool Transfer::unconnected() const {
  curl_off_t time = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_APPCONNECT_TIME_T, &time);
  if (time == 0) curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &time);
  return time == 0;
}

Fault Transfer::fault(CURLcode code, Connect& connect) const {
  Circumstances around{connect.host(), detail_.data(), {request_.most, request_.time}};
  if (!connect.server().trust_hint.empty()) around.trust_hint = connect.server().trust_hint;
  around.name_hint = connect.server().name_hint;
  std::string why = explain(code, easy_.get(), around);
  if (const auto broken = connect.broken(); !broken.empty() && kind_of(code) != Fault::Kind::untrusted) why = broken;
  if (code == CURLE_OPERATION_TIMEDOUT && unconnected()) {
    const auto patience = std::min<milliseconds>(connect_patience, request_.time);
    if (why != connect.broken()) why = fmt::format("{} did not answer within {} ms", connect.host(), patience.count());
    return {Fault::Kind::unreachable, std::move(why)};
  }
  return {kind_of(code), std::move(why)};
}

std::optional<Result> Transfer::judge(CURLcode code, Connect& connect) {
  if (code != CURLE_OK) {
    if (again_after(code)) return {};
    return fault(code, connect);
  }
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  if (again_after(response_)) return {};
  return std::move(response_);
}

void Transfer::finish(const Result& result) {
  easy_.reset();  // here, not on the thread of whoever lets go of it last
  if (sink_.end) sink_.end(result);
  const std::scoped_lock lock(mutex_);
  result_ = result;
  changed_.notify_all();
}

bool Transfer::finished() {
  const std::scoped_lock lock(mutex_);
  return result_.has_value();
}

Result Transfer::wait(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  if (!changed_.wait(lock, stop, [&] { return result_.has_value(); }))
    return Fault{Fault::Kind::cancelled, "it was cancelled"};
  return *result_;
}

}  // namespace gpuctl::http
