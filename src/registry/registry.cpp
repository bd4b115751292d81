#include "registry/registry.hpp"

#include <fmt/core.h>

#include "core/error.hpp"
#include "util/digest.hpp"
#include "util/strings.hpp"

namespace gpuctl::registry {

using chart::Access;
using chart::Address;
using chart::FetchedChart;

namespace {

// What Helm's servers are told that it takes.
constexpr const char* packed = "application/gzip,application/octet-stream";

/// A part that an environment without it has nowhere.
std::string below(const std::string& folder, const char* path) {
  return folder.empty() ? "" : folder + path;
}

/// Whether an address lies below that of a repository.
bool lies_below(const Address& address, const std::string& repository) {
  try {
    const auto above = Address::parse(repository);
    auto folder = above.path;
    if (!folder.ends_with('/')) folder += '/';
    return above.origin() == address.origin() && address.path.starts_with(folder);
  } catch (const core::Error&) {
    return false;
  }
}

}  // namespace

Files files_of(const std::function<std::string(const std::string&)>& variable) {
  const auto first = [](const std::string& a, const std::string& b) { return a.empty() ? b : a; };
  const auto home = variable("HOME");
  const auto config = first(below(variable("XDG_CONFIG_HOME"), "/helm"), below(home, "/.config/helm"));
  const auto helm = first(variable("HELM_CONFIG_HOME"), config);
  const auto docker = first(variable("DOCKER_CONFIG"), below(home, "/.docker"));
  Files out;
  out.repositories = first(variable("HELM_REPOSITORY_CONFIG"), below(helm, "/repositories.yaml"));
  out.credentials = {first(variable("HELM_REGISTRY_CONFIG"), below(helm, "/registry/config.json")),
                     below(docker, "/config.json")};
  out.cache = first(below(variable("XDG_CACHE_HOME"), "/gpuctl"), below(home, "/.cache/gpuctl"));
  return out;
}

Registry::Registry(Options options)
    : options_(std::move(options)),
      web_(options_.web),
      cache_(options_.files.cache, options_.warn),
      credentials_(options_.files.credentials, options_.find),
      oci_(web_, cache_, credentials_, options_.access) {}

FetchedChart Registry::fetch(const chart::ChartRef& ref) {
  const auto place = chart::place_of(ref);
  if (const auto* at = std::get_if<chart::InRepository>(&place)) return from_repository(*at, ref.version);
  if (const auto* at = std::get_if<chart::InRegistry>(&place)) return oci_.fetch(*at, ref.version);
  const auto& address = std::get<chart::AtAddress>(place).address;
  return from_address(address, access_at(address), address, "");
}

std::string Registry::version(const chart::ChartRef& ref) {
  const auto place = chart::place_of(ref);
  if (const auto* at = std::get_if<chart::InRepository>(&place)) return found(*at, ref.version).entry.version;
  if (const auto* at = std::get_if<chart::InRegistry>(&place)) return oci_.version(*at, ref.version);
  return ref.version;
}

std::string Registry::address_of(const std::string& repository) {
  const auto place = chart::place_of({"chart", repository, ""});
  const auto* at = std::get_if<chart::InRepository>(&place);
  return at != nullptr && !at->name.empty() ? entry_of(*at).url : repository;
}

std::string Registry::text(const std::string& text, std::size_t most) {
  const auto address = Address::parse(text);
  if (address.scheme == "oci")
    throw core::Error(core::ErrorKind::invalid, fmt::format("{} holds charts and no values", address.text()));
  Question question{address};
  question.most = most;
  question.compressed = true;
  auto came = web_.ask(std::move(question), {});
  if (came.response.status != 200) refuse_status(came, "is the address right?");
  return std::move(came.response.body);
}

/// Whoever names no certificates or user for an address of a repository that Helm knows means that repository's.
Access Registry::access_at(const Address& address) {
  if (!options_.access.given())
    for (const auto& entry : repositories())
      if (lies_below(address, entry.url)) return entry.access;
  return options_.access;
}

FetchedChart Registry::from_repository(const chart::InRepository& at, const std::string& version) {
  const auto chosen = found(at, version);
  const auto& entry = chosen.entry;
  if (entry.urls.empty())
    throw core::Error(core::ErrorKind::failed, fmt::format("chart {} {} of {} has no downloadable URLs", at.chart,
                                                           entry.version, chosen.repository.text()));
  const auto address = chart::resolved(chosen.repository, entry.urls.front());
  FetchedChart out;
  if (address.scheme == "oci") {
    const auto place = chart::place_of({address.text(), "", ""});
    out = oci_.fetch(std::get<chart::InRegistry>(place), "");
  } else {
    out = from_address(address, chosen.access, chosen.repository, entry.digest);
  }
  out.version = entry.version;
  return out;
}

FetchedChart Registry::from_address(const Address& address, const Access& access, const Address& home,
                                    const std::string& digest) {
  FetchedChart out;
  out.from = address.text();
  out.file = file_name(address);
  if (!digest.empty() && (digest.size() != 64 || digest.find_first_not_of("0123456789abcdef") != digest.npos))
    throw core::Error(core::ErrorKind::failed,
                      fmt::format("the index of {} names \"{}\" for the digest of {}, which is no sha256", home.text(),
                                  digest, out.from));
  if (!digest.empty()) {
    if (auto kept = cache_.chart(digest)) {
      out.bytes = std::move(*kept);
      out.digest = digest;
      out.from_cache = true;
      return out;
    }
  }
  Question question{address};
  question.accept = packed;
  question.most = chart::most_chart_bytes;
  if (access.pass_credentials || address.origin() == home.origin())
    question.authorization = basic(access.username, access.password);
  auto came = web_.ask(std::move(question), access);
  if (came.response.status != 200) refuse_status(came, "is there a chart at that address, and may you have it?");
  out.bytes = std::move(came.response.body);
  out.digest = util::sha256_hex(out.bytes);
  if (digest.empty()) return out;
  if (out.digest != digest)
    throw core::Error(core::ErrorKind::failed,
                      fmt::format("{} is not the chart that the index of {} means: {} bytes came with sha256 {}, "
                                  "expected sha256 {}",
                                  out.from, home.text(), out.bytes.size(), out.digest, digest),
                      {}, "the file or the index was changed: ask who keeps the repository");
  cache_.keep_chart(digest, out.bytes);
  return out;
}

}  // namespace gpuctl::registry
