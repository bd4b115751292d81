#include "chart/values/capabilities.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "chart/function.hpp"

namespace gpuctl::chart {

namespace {

/// What the Helm that charts are held against says of itself.
constexpr const char* helm_version = "v4.1";
constexpr const char* go_version = "go1.26.8";
constexpr const char* client_version = "v1.35";

class KubeVersionObject : public Object {
 public:
  explicit KubeVersionObject(KubeVersion version) : version_(std::move(version)) {}
  std::string type() const override { return "common.KubeVersion"; }
  std::string kind() const override { return "struct"; }
  std::string text() const override {
    return fmt::format("{{{} {} {} {}}}", version_.version, version_.normalized, version_.major, version_.minor);
  }
  std::string printed() const override { return version_.text(); }
  std::optional<Value> json() const override {
    Map out;
    for (const char* name : {"Version", "Major", "Minor"}) out.entries[name] = *field(name);
    return Value(std::move(out));
  }
  std::optional<Value> field(std::string_view name) const override {
    if (name == "Version") return Value(version_.version);
    if (name == "Major") return Value(version_.major);
    if (name == "Minor") return Value(version_.minor);
    return {};
  }
  const Function* method(std::string_view name) const override;

  const KubeVersion& version() const { return version_; }

 private:
  KubeVersion version_;
};

const KubeVersion& version_of(const Call& call) {
  return static_cast<const KubeVersionObject*>(call.self)->version();
}
Value git_version(Call& call) {
  return Value(version_of(call).version);
}
Value string(Call& call) {
  return Value(version_of(call).text());
}

const Function* KubeVersionObject::method(std::string_view name) const {
  static const Function git{"GitVersion", {}, false, git_version, "The full version"};
  static const Function text{"String", {}, false, string, "The version that kubeVersion is held against"};
  return name == "GitVersion" ? &git : name == "String" ? &text : nullptr;
}

class HelmVersionObject : public Object {
 public:
  std::string type() const override { return "version.BuildInfo"; }
  std::string kind() const override { return "struct"; }
  std::string text() const override { return fmt::format("{{{}   {} {}}}", helm_version, go_version, client_version); }
  std::optional<Value> field(std::string_view name) const override {
    if (name == "Version") return Value(helm_version);
    if (name == "GitCommit" || name == "GitTreeState") return Value("");
    if (name == "GoVersion") return Value(go_version);
    if (name == "KubeClientVersion") return Value(client_version);
    return {};
  }
  std::optional<Value> json() const override {
    Map out;
    out.entries["version"] = Value(helm_version);
    out.entries["go_version"] = Value(go_version);
    out.entries["kube_client_version"] = Value(client_version);
    return Value(std::move(out));
  }
};

using Read = std::function<void(const std::string&)>;

class VersionSet : public Object {
 public:
  VersionSet(std::vector<std::string> all, Read read) : all_(std::move(all)), read_(std::move(read)) {}
  std::string type() const override { return "common.VersionSet"; }
  std::string kind() const override { return "slice"; }
  std::string text() const override { return "[" + joined() + "]"; }
  const Function* method(std::string_view name) const override;

  bool has(const std::string& version) const {
    const bool out = std::find(all_.begin(), all_.end(), version) != all_.end();
    if (read_) read_(fmt::format("api {} {}", version, out));
    return out;
  }

 private:
  std::string joined() const {
    std::string out;
    for (const auto& version : all_) out += (out.empty() ? "" : " ") + version;
    return out;
  }

  std::vector<std::string> all_;
  Read read_;
};

Value has_version(Call& call) {
  return Value(static_cast<const VersionSet*>(call.self)->has(call.args[0].string()));
}

const Function* VersionSet::method(std::string_view name) const {
  static const Function function{"Has", {Type::string}, false, has_version, "Whether the cluster has an API version"};
  return name == "Has" ? &function : nullptr;
}

Value version_set(const std::vector<std::string>& all, const Read& read) {
  List out;
  out.element = Element::string;
  for (const auto& version : all) out.items.emplace_back(version);
  out.named = std::make_shared<VersionSet>(all, read);
  return Value(std::move(out));
}

class CapabilitiesObject : public Object {
 public:
  explicit CapabilitiesObject(const Capabilities& from)
      : kube_(std::make_shared<KubeVersionObject>(from.kube)),
        helm_(std::make_shared<HelmVersionObject>()),
        versions_(version_set(from.api_versions, from.read)),
        version_(from.kube.version),
        read_(from.read) {}
  std::string type() const override { return "*common.Capabilities"; }
  std::string kind() const override { return "ptr"; }
  std::string text() const override { return "&" + printed(); }
  std::string printed() const override {
    return fmt::format("{{{} {} {}}}", kube_->text(), versions_.list().named->text(), helm_->text());
  }
  std::optional<Value> field(std::string_view name) const override {
    if (name == "KubeVersion") {
      if (read_) read_("kube " + version_);
      return Value(kube_);
    }
    if (name == "APIVersions") return versions_;
    if (name == "HelmVersion") return Value(helm_);
    return {};
  }
  std::optional<Value> json() const override {
    Map out;
    for (const char* name : {"KubeVersion", "APIVersions", "HelmVersion"}) out.entries[name] = *field(name);
    return Value(std::move(out));
  }

 private:
  std::shared_ptr<Object> kube_;
  std::shared_ptr<Object> helm_;
  Value versions_;
  std::string version_;
  Read read_;
};

}  // namespace

Value capabilities_value(const Capabilities& capabilities) {
  return Value(std::shared_ptr<Object>(std::make_shared<CapabilitiesObject>(capabilities)));
}

}  // namespace gpuctl::chart
