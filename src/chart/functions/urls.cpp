#include "chart/functions/go_panic.hpp"
#include "chart/functions/reflect.hpp"
#include "chart/functions/tables.hpp"
#include "chart/go/url.hpp"

// URLs as maps of their parts.

namespace gpuctl::chart {

namespace {

Value url_parse(Call& call) {
  try {
    const auto url = go::Url::parse(call.args[0].string());
    Map parts;
    parts.entries = {
        {"scheme", Value(url.scheme)},       {"host", Value(url.host)},
        {"hostname", Value(url.hostname())}, {"path", Value(url.path)},
        {"query", Value(url.query)},         {"opaque", Value(url.opaque)},
        {"fragment", Value(url.fragment)},   {"userinfo", Value(url.user ? url.user->text() : std::string())}};
    return Value(std::move(parts));
  } catch (const go::UrlError& error) {
    throw CallError(std::string("unable to parse url: ") + error.what());
  }
}

std::string part(const Map& map, const std::string& key) {
  const auto at = map.entries.find(key);
  if (at == map.entries.end()) return {};
  if (at->second.is_nil()) throw nil_dereference();
  if (at->second.kind() != Kind::string)
    throw CallError("unable to parse " + key + " key, must be of type string, but " + kind_name(at->second) + " found");
  return at->second.string();
}

Value url_join(Call& call) {
  const Map& parts = *call.args[0].map();
  go::Url url;
  url.scheme = part(parts, "scheme");
  url.host = part(parts, "host");
  url.path = part(parts, "path");
  url.query = part(parts, "query");
  url.opaque = part(parts, "opaque");
  url.fragment = part(parts, "fragment");
  const std::string user = part(parts, "userinfo");
  try {
    if (!user.empty()) url.user = go::Url::parse("proto://" + user + "@host").user;
  } catch (const go::UrlError& error) {
    throw CallError(std::string("unable to parse userinfo in dict: ") + error.what());
  }
  return Value(url.text());
}

}  // namespace

std::span<const Function> url_functions() {
  static const Function functions[] = {
      {"urlParse", {Type::string}, false, url_parse, "The URL's parts as a map"},
      {"urlJoin", {Type::map}, false, url_join, "The URL of the parts"},
  };
  return functions;
}

}  // namespace gpuctl::chart
