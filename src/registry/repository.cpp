#include <fmt/core.h>

#include <algorithm>
#include <span>

#include "chart/source/choose.hpp"
#include "chart/version.hpp"
#include "core/error.hpp"
#include "registry/registry.hpp"
#include "util/strings.hpp"

// Repositories with an index.

namespace gpuctl::registry {

using chart::Access;
using chart::Address;

namespace {

[[noreturn]] void refuse(std::string why, std::string hint) {
  throw core::Error(core::ErrorKind::failed, std::move(why), {}, std::move(hint));
}

/// The newest versions, for who asked for one that is not there.
std::string some(const std::vector<std::string>& versions) {
  constexpr std::size_t most = 5;
  const auto shown = std::min(versions.size(), most);
  return util::join(std::span(versions).first(shown), ", ") + (versions.size() > most ? ", …" : "");
}

}  // namespace

const std::vector<chart::RepositoryEntry>& Registry::repositories() {
  if (repositories_) return *repositories_;
  const auto& path = options_.files.repositories;
  const auto text = path.empty() ? std::nullopt : options_.find(path);
  try {
    repositories_ = text ? chart::read_repositories(*text) : std::vector<chart::RepositoryEntry>();
  } catch (const core::Error& error) {
    throw core::Error(error.kind(), fmt::format("{} cannot be read: {}", path, error.message()));
  }
  return *repositories_;
}

chart::RepositoryEntry Registry::entry_of(const chart::InRepository& at) {
  std::vector<std::string> names;
  for (const auto& entry : repositories()) {
    const bool meant = at.name.empty() ? chart::same_repository(entry.url, at.url) : entry.name == at.name;
    if (meant) {
      auto out = entry;
      if (options_.access.given()) out.access = options_.access;
      return out;
    }
    names.push_back(entry.name);
  }
  if (at.name.empty()) return {"", at.url, options_.access};
  const auto& path = options_.files.repositories;
  const auto file = path.empty() ? "repositories.yaml" : path;
  throw core::Error(core::ErrorKind::invalid,
                    fmt::format("repo {} not found: {} {}", at.name, file,
                                names.empty() ? "names none" : "names " + util::join(names, ", ")),
                    {}, fmt::format("helm repo add {} URL, or --repo URL {}", at.name, at.chart));
}

const std::string& Registry::index(const Address& repository, const Access& access) {
  const auto address = chart::resolved(repository, "index.yaml");
  const auto key = address.text() + "\n" + access.username + "\n" + address.user;
  if (const auto known = indexes_.find(key); known != indexes_.end()) return known->second;
  auto kept = cache_.index(key);
  if (kept && !options_.refresh) return indexes_.insert_or_assign(key, kept->text).first->second;
  Question question{address};
  question.authorization = basic(access.username, access.password);
  question.most = chart::most_index_bytes;
  question.compressed = true;
  if (kept && !kept->etag.empty()) question.more.emplace_back("If-None-Match", kept->etag);
  if (kept && !kept->last_modified.empty()) question.more.emplace_back("If-Modified-Since", kept->last_modified);
  auto came = web_.ask(std::move(question), access);
  if (kept && came.response.status == 304) return indexes_.insert_or_assign(key, kept->text).first->second;
  if (came.response.status == 401 || came.response.status == 403)
    refuse_status(came, "--username and --password, or helm repo add with both");
  if (came.response.status != 200) refuse_status(came, "is that the address of a chart repository?");
  cache_.keep_index(key, {came.response.header("etag"), came.response.header("last-modified"), came.response.body});
  return indexes_.insert_or_assign(key, std::move(came.response.body)).first->second;
}

Registry::Found Registry::found(const chart::InRepository& at, const std::string& version) {
  const auto entry = entry_of(at);
  if (!entry.url.starts_with("http://") && !entry.url.starts_with("https://"))
    throw core::Error(core::ErrorKind::invalid,
                      fmt::format("the repository's address {} is neither https:// nor http://", entry.url));
  Found out{{}, Address::parse(entry.url), entry.access};
  const auto shown = out.repository.text();
  const auto indexed =
      chart::read_index(index(out.repository, entry.access), at.chart, shown + " (index.yaml)", options_.warn);
  if (!indexed.known)
    refuse(fmt::format("chart \"{}\" not found in {} repository", at.chart, shown),
           indexed.nearest.empty() ? "its index.yaml lists what it has"
                                   : fmt::format("did you mean {}?", indexed.nearest));
  std::vector<std::string> versions;
  for (const auto& known : indexed.versions) versions.push_back(known.version);
  const auto which = chart::chosen(versions, version);
  if (!which)
    refuse(fmt::format("chart \"{}\"{} not found in {} repository", at.chart,
                       version.empty() ? "" : fmt::format(" version \"{}\"", version), shown),
           versions.empty()  ? "its index lists no version of it"
           : version.empty() ? fmt::format("--devel, since it has prereleases alone: {}", some(versions))
                             : fmt::format("it has {}", some(versions)));
  out.entry = indexed.versions[*which];
  if (out.entry.version != version && chart::is_exact(version))
    options_.warn(fmt::format("{} has no version {} of {}: {} is taken, the newest that this text stands for", shown,
                              version, at.chart, out.entry.version));
  return out;
}

}  // namespace gpuctl::registry
