#include "chart/render/lint.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "chart/go/path.hpp"
#include "chart/go/quote.hpp"
#include "chart/go/space.hpp"
#include "chart/go/url.hpp"
#include "chart/package/load.hpp"
#include "chart/package/read_yaml.hpp"
#include "chart/package/versions.hpp"
#include "chart/render/lint_addresses.hpp"
#include "chart/render/lint_documents.hpp"
#include "chart/render/lint_strict.hpp"
#include "chart/render/render.hpp"
#include "chart/values/coalesce.hpp"
#include "chart/values/dependencies.hpp"
#include "chart/values/documents.hpp"
#include "chart/values/schema.hpp"
#include "core/error.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

using Severity = LintMessage::Severity;

/// A URL with its scheme.
bool is_address(const std::string& text) {
  try {
    return !go::Url::parse(text).scheme.empty();
  } catch (const go::UrlError&) {
    return false;
  }
}

class Linter {
 public:
  Linter(Disk& disk, std::string path, const ReleaseRequest& request, const Surroundings& world)
      : disk_(disk), path_(std::move(path)), request_(request), world_(world) {}

  std::vector<LintMessage> all() {
    chart_file();
    values_file();
    templates();
    dependencies();
    definitions();
    return std::move(out_);
  }

 private:
  void say(Severity severity, const std::string& path, std::string text) {
    out_.push_back({severity, path, std::move(text)});
  }
  void error(const std::string& path, std::string text) { say(Severity::error, path, std::move(text)); }

  void chart_file() {
    const std::string file = "Chart.yaml";
    Metadata metadata;
    Value raw;
    std::string text;
    try {
      text = disk_.read(path_ + "/" + file, most_file_bytes);
      raw = read_yaml(text);
      read_metadata(raw, metadata);
    } catch (const core::Error& problem) {
      return error(file, "unable to parse YAML\n\t" + problem.message());
    }
    if (const auto fault = strict_fault(text, raw); !fault.empty())
      say(Severity::warning, file, "failed to strictly parse chart metadata file\n\t" + fault);
    if (metadata.name.empty())
      error(file, "name is required");
    else if (path_base(metadata.name) != metadata.name)
      error(file, fmt::format("chart name {} is invalid", go::quoted(metadata.name)));
    api_version(file, metadata);
    for (const char* key : {"version", "appVersion"}) is_text(file, raw, key);
    version(file, metadata);
    maintainers(file, metadata);
    const auto bad = std::ranges::find_if_not(metadata.sources, is_address);
    if (bad != metadata.sources.end()) error(file, fmt::format("invalid source URL '{}'", *bad));
    if (metadata.icon.empty())
      say(Severity::info, file, "icon is recommended");
    else if (!is_address(metadata.icon))
      error(file, fmt::format("invalid icon URL '{}'", metadata.icon));
  }

  /// The first fault of them, as Helm.
  void maintainers(const std::string& file, const Metadata& metadata) {
    for (const auto& one : metadata.maintainers) {
      if (one.name.empty()) return error(file, "each maintainer requires a name");
      if (!one.email.empty() && !is_mail_address(one.email))
        return error(file, fmt::format("invalid email '{}' for maintainer '{}'", one.email, one.name));
      if (!one.url.empty() && !is_web_address(one.url))
        return error(file, fmt::format("invalid url '{}' for maintainer '{}'", one.url, one.name));
    }
  }

  void api_version(const std::string& file, const Metadata& metadata) {
    const auto& given = metadata.api_version;
    if (given.empty())
      error(file, R"(apiVersion is required. The value must be either "v1" or "v2")");
    else if (given != "v1" && given != "v2")
      error(file, fmt::format(R"(apiVersion '{}' is not valid. The value must be either "v1" or "v2")", given));
    if (given == "v2") return;
    if (!metadata.type.empty())
      error(file, fmt::format("chart type is not valid in apiVersion '{}'. It is valid in apiVersion 'v2'", given));
    if (metadata.dependencies && !metadata.dependencies->empty())
      error(file, fmt::format("dependencies are not valid in the Chart file with apiVersion '{}'. They are valid in "
                              "apiVersion 'v2'",
                              given));
  }

  void is_text(const std::string& file, const Value& raw, const char* key) {
    if (raw.kind() != Kind::map) return;
    const auto found = raw.map()->entries.find(key);
    if (found == raw.map()->entries.end() || found->second.kind() == Kind::string) return;
    const auto kind = found->second.kind();
    const char* type = kind == Kind::boolean ? "bool" : kind == Kind::nil ? "<nil>" : "float64";
    error(file, fmt::format("{} should be of type string but it's of type {}", key, type));
  }

  void version(const std::string& file, const Metadata& metadata) {
    const auto& version = metadata.version;
    if (version.empty())
      error(file, "version is required");
    else if (!is_version(version))
      error(file, fmt::format("version '{}' is not a valid SemVer", version));
    else if (!in_range(">0.0.0-0", version))
      error(file, fmt::format("version {} is less than or equal to 0.0.0-0", version));
    if (!is_strict_version(version))
      say(Severity::warning, file, fmt::format("version '{}' is not a valid SemVerV2", version));
  }

  void values_file() {
    const std::string file = "values.yaml";
    if (disk_.look(path_ + "/" + file) == Disk::What::nothing) return say(Severity::info, file, "file does not exist");
    std::shared_ptr<Map> values;
    try {
      values = read_documents(disk_.read(path_ + "/" + file, most_file_bytes));
    } catch (const core::Error& problem) {
      return error(file, "unable to parse YAML: " + problem.message());
    }
    const auto schema = path_ + "/values.schema.json";
    if (request_.skip_schema || disk_.look(schema) == Disk::What::nothing) return;
    const auto faults =
        schema_faults(disk_.read(schema, most_file_bytes), *merged(*values, *request_.values), world_.warn);
    if (!faults.empty()) error(file, faults + "\n");
  }

  void templates() {
    const std::string folder = "templates/";
    const auto what = disk_.look(path_ + "/templates");
    if (what == Disk::What::nothing) return say(Severity::warning, folder, "directory does not exist");
    if (what != Disk::What::folder) return error(folder, "not a directory");
    try {
      const auto tree = load_chart(disk_, path_, world_.warn);
      const auto files = rendered(*tree);
      for (const auto& file : *tree->root().templates) template_file(tree->root(), file.name, files);
    } catch (const core::Error& problem) {
      error(folder, problem.message());
    }
  }

  std::map<std::string, std::string> rendered(ChartTree& tree) {
    process_dependencies(tree, *request_.values, world_.warn);
    const auto& chart = tree.root();
    const auto values = coalesced(chart, *request_.values, Nulls::take_away, world_.warn);
    if (!request_.skip_schema) check_schemas(chart, *values, world_.warn);
    Map release;
    release.entries["Name"] = Value("test-release");
    release.entries["Namespace"] = Value(request_.name_space);
    release.entries["IsUpgrade"] = Value(false);
    release.entries["IsInstall"] = Value(false);
    release.entries["Revision"] = Value::of_int(0);
    release.entries["Service"] = Value("Helm");
    return render_templates(chart, {values, Value(std::move(release)), capabilities_value(request_.capabilities)},
                            world_, true);
  }

  /// Of Kubernetes 1; 0 where the version says something else.
  int minor() const {
    const auto& said = request_.capabilities.kube;
    const bool number = !said.minor.empty() && said.minor.size() < 5 && std::ranges::all_of(said.minor, util::is_digit);
    return said.major == "1" && number ? std::stoi(said.minor) : 0;
  }

  void template_file(const Chart& chart, const std::string& name, const std::map<std::string, std::string>& files) {
    const auto ext = path_ext(name);
    if (ext != ".yaml" && ext != ".yml" && ext != ".tpl" && ext != ".txt")
      error(name, fmt::format("file extension '{}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt", ext));
    if (ext != ".yaml" && ext != ".yml") return;
    const auto found = files.find(path_join(chart.name(), name));
    if (found == files.end() || go::trim_space(found->second).empty()) return;
    for (auto& message : lint_documents(name, found->second, minor())) out_.push_back(std::move(message));
  }

  void dependencies() {
    try {
      const auto tree = load_chart(disk_, path_, world_.warn);
      const auto& chart = tree->root();
      std::vector<std::string> named;
      if (chart.metadata->dependencies)
        for (const auto& dependency : *chart.metadata->dependencies) named.push_back(dependency.name);
      std::vector<std::string> there;
      for (const auto* sub : chart.dependencies) there.push_back(sub->name());
      missing(Severity::error, "chart metadata is missing these dependencies: ", there, named);
      missing(Severity::warning, "chart directory is missing these dependencies: ", named, there);
    } catch (const core::Error& problem) {
      error("", "unable to load chart\n\t" + problem.message());
    }
  }

  void definitions() {
    const std::string folder = "crds/";
    const auto what = disk_.look(path_ + "/crds");
    if (what == Disk::What::nothing) return;
    if (what != Disk::What::folder) return error(folder, "not a directory");
    try {
      const auto tree = load_chart(disk_, path_, world_.warn);
      for (const auto& crd : crd_files(tree->root()))
        for (auto& message : lint_definitions(crd.file->name, crd.file->data)) out_.push_back(std::move(message));
    } catch (const core::Error& problem) {
      error(folder, problem.message());
    }
  }

  void missing(Severity severity, const char* what, const std::vector<std::string>& of,
               const std::vector<std::string>& in) {
    std::vector<std::string> out;
    for (const auto& name : of)
      if (std::find(in.begin(), in.end(), name) == in.end()) out.push_back(name);
    if (!out.empty()) say(severity, path_, what + util::join(out, ","));
  }

  Disk& disk_;
  std::string path_;
  const ReleaseRequest& request_;
  const Surroundings& world_;
  std::vector<LintMessage> out_;
};

}  // namespace

std::string LintMessage::line() const {
  const char* word = severity == Severity::error ? "ERROR" : severity == Severity::warning ? "WARNING" : "INFO";
  return fmt::format("[{}] {}: {}", word, path, text);
}

std::vector<LintMessage> lint(Disk& disk, const std::string& path, const ReleaseRequest& request,
                              const Surroundings& world) {
  if (disk.look(path + "/Chart.yaml") == Disk::What::nothing)
    throw core::Error(
        core::ErrorKind::invalid,
        fmt::format("unable to check Chart.yaml file in chart: stat {}/Chart.yaml: no such file or directory", path));
  return Linter(disk, path, request, world).all();
}

}  // namespace gpuctl::chart
