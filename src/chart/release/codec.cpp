#include "chart/release/codec.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "chart/json_in.hpp"
#include "chart/json_out.hpp"
#include "chart/release/json.hpp"
#include "core/error.hpp"
#include "util/base64.hpp"
#include "util/gzip.hpp"

namespace gpuctl::chart::release {

namespace {

constexpr const char* secret_type = "helm.sh/release.v1";
constexpr std::array own_labels{"name", "owner", "status", "version", "createdAt", "modifiedAt"};

bool is_own(const std::string& label) {
  return std::find(own_labels.begin(), own_labels.end(), label) != own_labels.end();
}

std::map<std::string, std::string> of_the_user(const std::map<std::string, std::string>& labels) {
  std::map<std::string, std::string> out;
  for (const auto& [name, value] : labels)
    if (!is_own(name)) out.emplace(name, value);
  return out;
}

[[noreturn]] void refuse(const core::SecretObject& secret, const std::string& why) {
  const auto space = secret.space.empty() ? "" : fmt::format(" in namespace {}", secret.space);
  throw core::Error(core::ErrorKind::failed,
                    fmt::format("Secret {}{} holds no release that can be read: {}", secret.name, space, why), {},
                    "expected in its data.release: base64 of gzip of JSON, as Helm stores it");
}

std::string unpacked(const core::SecretObject& secret) {
  const auto found = secret.data.find("release");
  if (found == secret.data.end()) refuse(secret, "it has no data.release");
  auto bytes = util::base64_decode(found->second);
  if (!bytes) refuse(secret, "data.release is not base64");
  if (!util::is_gzip(*bytes)) {
    if (bytes->size() > most_unpacked) refuse(secret, "data.release is too long");
    return std::move(*bytes);  // from before Helm packed them
  }
  try {
    return util::gunzip(*bytes, most_unpacked);
  } catch (const util::GzipError& error) {
    refuse(secret, fmt::format("its gzip cannot be unpacked, {}", error.what()));
  }
}

}  // namespace

std::string secret_name(const std::string& name, std::int64_t version) {
  return fmt::format("sh.helm.release.v1.{}.v{}", name, version);
}

std::string secret_labels(const std::string& name) {
  return name.empty() ? "owner=helm" : fmt::format("name={},owner=helm", name);
}

Release decode(const core::SecretObject& secret) {
  const auto json = unpacked(secret);
  try {
    auto out = from_object(from_json(json));
    out.labels = of_the_user(secret.labels);
    return out;
  } catch (const JsonError& error) {
    const bool packed = util::is_gzip(util::base64_decode(secret.data.at("release")).value_or(""));
    refuse(secret,
           fmt::format("{}: {}", packed ? "its JSON cannot be read" : "it is neither gzip nor JSON of a release",
                       error.what()));
  }
}

core::SecretObject encode(const Release& release, std::int64_t now, Write write) {
  core::SecretObject out;
  out.space = release.name_space;
  out.name = secret_name(release.name, release.version);
  out.type = secret_type;
  out.labels = of_the_user(release.labels);
  out.labels["name"] = release.name;
  out.labels["owner"] = "helm";
  out.labels["status"] = release.info.status;
  out.labels["version"] = std::to_string(release.version);
  out.labels[write == Write::create ? "createdAt" : "modifiedAt"] = std::to_string(now);
  out.data["release"] = util::base64_encode(util::gzip(to_json(json_value(release))));
  return out;
}

}  // namespace gpuctl::chart::release
