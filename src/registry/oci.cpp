#include "registry/oci.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "chart/package/file.hpp"
#include "chart/source/choose.hpp"
#include "chart/version.hpp"
#include "core/error.hpp"
#include "registry/json.hpp"
#include "util/digest.hpp"
#include "util/stable_sort.hpp"
#include "util/strings.hpp"

namespace gpuctl::registry {

using chart::InRegistry;

namespace {

// Helm's registry client: pkg/registry/constants.go.
constexpr const char* chart_layer = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
constexpr const char* legacy_chart_layer = "application/tar+gzip";
constexpr const char* manifests =
    "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json, "
    "application/vnd.oci.image.index.v1+json";
constexpr std::size_t most_manifest_bytes = 4UL << 20U;
constexpr int most_pages = 200;

[[noreturn]] void refuse_chart(std::string why, std::string hint = {}) {
  throw core::Error(core::ErrorKind::failed, std::move(why), {}, std::move(hint));
}

/// The path behind `rel="next"` of a Link header.
std::string next_page(const std::string& link) {
  const auto open = link.find('<'), close = link.find('>');
  if (open == link.npos || close == link.npos || close < open) return {};
  if (link.find("next", close) == link.npos) return {};
  return link.substr(open + 1, close - open - 1);
}

/// What a manifest is of, for who expected a chart.
std::string content_of(const chart::Value& manifest) {
  if (field(&manifest, "manifests") != nullptr) return "an index of manifests, as images for several machines have";
  std::vector<std::string> types;
  if (const auto* layers = field(&manifest, "layers"); layers != nullptr && layers->kind() == chart::Kind::list)
    for (const auto& layer : layers->list().items)
      if (types.size() < 4) types.push_back(text(&layer, "mediaType"));
  return fmt::format("config {} and layers {}", text(field(&manifest, "config"), "mediaType"),
                     types.empty() ? "none" : util::join(types, ", "));
}

}  // namespace

std::vector<std::string> Oci::versions(const InRegistry& at) {
  std::vector<std::string> out;
  std::string path = "tags/list";
  for (int page = 0; page < most_pages && !path.empty(); ++page) {
    const auto came = ask(at, path, "application/json", most_manifest_bytes);
    if (came.response.status != 200) refuse(at, came);
    const auto answer = json(came.response.body, came.from.text());
    if (const auto* tags = field(&answer, "tags"); tags != nullptr && tags->kind() == chart::Kind::list)
      for (const auto& tag : tags->list().items)
        if (tag.kind() == chart::Kind::string)
          if (auto version = chart::version_of_tag(tag.string())) out.push_back(std::move(*version));
    const auto next = next_page(came.response.header("link"));
    if (next.empty()) break;
    const auto there = chart::redirected(came.from, next);
    const auto folder = "/v2/" + at.name + "/";
    if (there.origin() != came.from.origin() || !there.path.starts_with(folder))
      refuse_chart(fmt::format("{} goes on at {}, which is elsewhere", came.from.text(), there.text()));
    path = there.target().substr(folder.size());
  }
  util::stable_sort(out, chart::is_newer);
  return out;
}

std::string Oci::version(const InRegistry& at, const std::string& wanted) {
  if (!at.tag.empty() && !wanted.empty() && chart::tag_of_version(at.tag) != chart::tag_of_version(wanted))
    throw core::Error(core::ErrorKind::invalid,
                      fmt::format("chart reference and version mismatch: {} is not {}", wanted, at.tag));
  auto named = wanted.empty() ? at.tag : wanted;
  if (chart::is_exact(named) || !at.tag.empty()) return named;
  const auto known = versions(at);
  const auto which = chart::chosen(known, named);
  if (which) return known[*which];
  refuse_chart(
      fmt::format("{} has no tag that is a version {}", at.text(), named.empty() ? "and no prerelease" : named),
      known.empty() ? "none of its tags is a version" : "its newest is " + known.front());
}

Oci::Layer Oci::layer(const InRegistry& at, const std::string& reference) {
  const auto came = ask(at, "manifests/" + reference, manifests, most_manifest_bytes);
  if (came.response.status != 200) refuse(at, came);
  const auto& body = came.response.body;
  const auto digest = "sha256:" + util::sha256_hex(body);
  const auto said = came.response.header("docker-content-digest");
  for (const auto& expected : {reference, said})
    if (expected.starts_with("sha256:") && expected != digest)
      refuse_chart(fmt::format("{}: a manifest of {} bytes came with {}, expected {}", came.from.text(), body.size(),
                               digest, expected));
  const auto manifest = json(body, "the manifest " + came.from.text());
  const auto* layers = field(&manifest, "layers");
  if (layers != nullptr && layers->kind() == chart::Kind::list)
    for (const auto& layer : layers->list().items) {
      const auto type = text(&layer, "mediaType");
      if (type != chart_layer && type != legacy_chart_layer) continue;
      const auto* size = field(&layer, "size");
      const auto name = text(&layer, "digest");
      if (!name.starts_with("sha256:") || name.size() != 71 ||
          name.find_first_not_of("0123456789abcdef", 7) != name.npos)
        refuse_chart(
            fmt::format("{} names \"{}\" for the digest of its chart, which is no sha256", came.from.text(), name));
      return {name.substr(7), size != nullptr && size->kind() == chart::Kind::float64 ? size->float64() : 0};
    }
  refuse_chart(fmt::format("{}{}{} is no chart: its manifest has {}, expected a layer {}", at.text(),
                           reference.starts_with("sha256:") ? "@" : ":", reference, content_of(manifest), chart_layer),
               "is that the chart, and not an image of its program?");
}

chart::FetchedChart Oci::fetch(const InRegistry& at, const std::string& wanted) {
  chart::FetchedChart out;
  const bool pinned = !at.digest.empty();
  if (!pinned || !at.tag.empty() || !wanted.empty()) out.version = version(at, wanted);
  const auto tag = chart::tag_of_version(out.version);
  const auto found = layer(at, pinned ? at.digest : tag);
  const auto base = at.name.substr(at.name.rfind('/') + 1);
  out.from = at.text() + (pinned ? "@" + at.digest : ":" + tag);
  out.file = fmt::format("{}-{}.tgz", base, pinned && tag.empty() ? at.digest.substr(7, 12) : out.version);
  out.digest = found.digest;
  if (auto kept = cache_.chart(found.digest)) {
    out.bytes = std::move(*kept);
    out.from_cache = true;
    return out;
  }
  if (found.bytes > static_cast<double>(chart::most_chart_bytes))
    refuse_chart(fmt::format("{} has {:.0f} bytes, more than the {} that a chart may have", out.from, found.bytes,
                             chart::most_chart_bytes));
  auto came = ask(at, "blobs/sha256:" + found.digest, "*/*", chart::most_chart_bytes);
  if (came.response.status != 200) refuse(at, came);
  out.bytes = std::move(came.response.body);
  if (const auto digest = util::sha256_hex(out.bytes); digest != found.digest)
    refuse_chart(fmt::format("{} is not what its manifest means: {} bytes came with sha256 {}, expected sha256 {}",
                             out.from, out.bytes.size(), digest, found.digest),
                 "try again; if it stays so, the registry is damaged");
  cache_.keep_chart(found.digest, out.bytes);
  return out;
}

Came Oci::ask(const InRegistry& at, const std::string& path, const std::string& accept, std::size_t most) {
  auto& known = authorizations_[at.host + "/" + at.name];
  Question question;
  // Docker Hub goes by a name that is not its registry's.
  const auto host = at.host == "docker.io" || at.host == "index.docker.io" ? "registry-1.docker.io" : at.host;
  question.address = chart::Address::parse(
      fmt::format("{}://{}/v2/{}/{}", access_.plain_http ? "http" : "https", host, at.name, path));
  question.accept = accept;
  question.most = most;
  question.authorization = known;
  auto came = web_.ask(question, access_);
  if (came.response.status != 401 || came.from.origin() != question.address.origin()) return came;
  known = authorization(at, came);
  if (known.empty()) refuse(at, came);
  question.authorization = known;
  return web_.ask(std::move(question), access_);
}

}  // namespace gpuctl::registry
