#include "host/containerd_config.hpp"

#include <fmt/core.h>
#include <fnmatch.h>

#include <deque>
#include <filesystem>
#include <set>
#include <sstream>

#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "util/strings.hpp"

namespace gpuctl::host {

namespace {

struct Loaded {
  std::string path;
  toml::table table;
  int version = 0;  // 0: none given
};

std::string absolute(const std::string& parent, const std::string& import) {
  return (std::filesystem::path(parent).parent_path() / import).lexically_normal().string();
}

std::vector<std::string> imports_of(const Loaded& file) {
  std::vector<std::string> out;
  if (const auto* list = file.table["imports"].as_array())
    for (const auto& entry : *list)
      if (const auto text = entry.value<std::string>()) out.push_back(absolute(file.path, *text));
  return out;
}

/// containerd takes a pattern for one only where it has a star.
bool matches(const std::string& pattern, const std::string& path) {
  if (pattern.find('*') == std::string::npos) return pattern == path;
  return fnmatch(pattern.c_str(), path.c_str(), FNM_PATHNAME | FNM_PERIOD) == 0;
}

/// The root and its imports, in the order in which containerd reads them. Throws toml::parse_error.
std::vector<Loaded> load(const ContainerdFiles& given) {
  std::vector<Loaded> out;
  std::set<std::string> seen;
  for (std::deque<std::string> pending{given.root}; !pending.empty(); pending.pop_front()) {
    const auto path = pending.front();
    const auto at = given.files.find(path);
    if (at == given.files.end() || !seen.insert(path).second) continue;
    Loaded file{path, toml::parse(at->second, path), 0};
    file.version = static_cast<int>(file.table["version"].value_or<std::int64_t>(0));
    auto patterns = imports_of(file);
    if (out.empty()) patterns.insert(patterns.end(), given.extra_imports.begin(), given.extra_imports.end());
    for (const auto& pattern : patterns)
      for (const auto& [candidate, text] : given.files)
        if (matches(pattern, candidate)) pending.push_back(candidate);
    out.push_back(std::move(file));
  }
  return out;
}

const char* plugin_name(int version) {
  if (version <= 1) return "cri";
  return version == 2 ? "io.containerd.grpc.v1.cri" : "io.containerd.cri.v1.runtime";
}

void merge_into(toml::table& to, const toml::table& from) {
  for (const auto& [key, value] : from) {
    auto* mine = to.get_as<toml::table>(key.str());
    const auto* theirs = value.as_table();
    if (mine && theirs)
      merge_into(*mine, *theirs);
    else
      to.insert_or_assign(key.str(), value);
  }
}

/// Whether `whole` says everything that `part` says.
bool covers(const toml::table& whole, const toml::table& part) {
  for (const auto& [key, value] : part) {
    const auto* mine = whole.get(key.str());
    if (!mine) return false;
    const auto* table = value.as_table();
    const auto* my_table = mine->as_table();
    if (table && my_table) {
      if (!covers(*my_table, *table)) return false;
    } else if (toml::node_view(*mine) != toml::node_view(value)) {
      return false;
    }
  }
  return true;
}

struct Merged {
  toml::table cri;
  std::string shadowing;  // the imported file whose section replaced what an earlier one said
};

Merged merged_cri(const std::vector<Loaded>& files, bool deep) {
  Merged out;
  const int root_version = files.front().version;
  for (const auto& file : files) {
    const auto* section = file.table["plugins"][plugin_name(file.version ? file.version : root_version)].as_table();
    if (!section) continue;
    if (deep) {
      merge_into(out.cri, *section);
      continue;
    }
    if (!covers(*section, out.cri)) out.shadowing = file.path;
    out.cri = *section;
  }
  return out;
}

void describe_runtime(core::Record& record, const std::string& name, const toml::table& runtime) {
  record["handler." + name] = runtime["options"]["BinaryName"].value_or<std::string>("");
  record["type." + name] = runtime["runtime_type"].value_or<std::string>("");
  record["explicit." + name] = "yes";
  if (const auto systemd = runtime["options"]["SystemdCgroup"].value<bool>())
    record["systemd_cgroup." + name] = *systemd ? "yes" : "no";
}

void describe_runtimes(core::Record& record, const toml::table& cri, bool runc_stays) {
  record["default"] = cri["containerd"]["default_runtime_name"].value_or<std::string>("runc");
  bool any = false;
  if (const auto* runtimes = cri["containerd"]["runtimes"].as_table())
    for (const auto& [name, runtime] : *runtimes)
      if (const auto* table = runtime.as_table()) {
        any = true;
        describe_runtime(record, std::string(name.str()), *table);
      }
  if (record.contains("handler.runc") || (any && !runc_stays)) return;
  record["handler.runc"] = "";
  record["type.runc"] = "io.containerd.runc.v2";
  record["explicit.runc"] = "no";
}

std::string header_of(const std::string& text) {
  for (const auto& line : util::lines(text)) {
    const auto trimmed = util::trim(line);
    if (trimmed.starts_with('#')) return std::string(util::trim(trimmed.substr(1)));
    if (!trimmed.empty()) break;
  }
  return {};
}

void describe_files(core::Record& record, const ContainerdFiles& given, const std::vector<Loaded>& files) {
  const int root_version = std::max(files.front().version, 1);
  auto imports = imports_of(files.front());
  imports.insert(imports.end(), given.extra_imports.begin(), given.extra_imports.end());
  std::vector<std::string> paths;
  std::vector<std::string> newer;
  for (const auto& file : files) {
    paths.push_back(file.path);
    if (file.version > root_version) newer.push_back(file.path);
  }
  record["version"] = std::to_string(root_version);
  record["imports"] = util::join(imports, "\n");
  record["files"] = util::join(paths, "\n");
  record["header"] = header_of(given.files.at(given.root));
  if (!newer.empty()) record["newer"] = util::join(newer, "\n");
  if (!given.version.empty()) record["containerd"] = given.version;
}

}  // namespace

core::Answer effective_handlers(const ContainerdFiles& given) {
  if (!given.files.contains(given.root)) return core::Absent{};
  try {
    const auto files = load(given);
    core::Record record;
    describe_files(record, given, files);
    // Version 3 came with containerd 2.0.
    const bool two = given.version.empty() ? files.front().version >= 3 : !given.version.starts_with("1.");
    record["merge"] = two ? "deep" : "by key";
    const auto merged = merged_cri(files, two);
    if (!merged.shadowing.empty()) record["shadowing"] = merged.shadowing;
    describe_runtimes(record, merged.cri, two);
    return record;
  } catch (const toml::parse_error& error) {
    const auto& at = error.source();
    return core::Failed{fmt::format("{}:{}:{}: no TOML: {}", at.path ? *at.path : given.root, at.begin.line,
                                    at.begin.column, std::string(error.description()))};
  }
}

std::string containerd_version(std::string_view output) {
  for (const auto& word : util::words(output)) {
    std::string_view text = word;
    if (text.starts_with('v')) text.remove_prefix(1);
    const auto end = std::min(text.find_first_not_of("0123456789."), text.size());
    const auto number = text.substr(0, end);
    if (number.find('.') != std::string_view::npos && number.front() >= '0' && number.front() <= '9')
      return std::string(number);
  }
  return {};
}

DryRun split_dry_run(std::string_view output) {
  DryRun out;
  bool in_root = true;
  for (const auto& line : util::lines(output)) {
    if (line.starts_with("time=\"") && line.find(" level=") != std::string::npos) {
      if (line.find("msg=\"Drop-in config:\"") != std::string::npos) in_root = false, out.has_drop_in = true;
      if (line.find("msg=\"Top-level config:\"") != std::string::npos) in_root = true;
      continue;
    }
    (in_root ? out.root : out.drop_in) += line + "\n";
  }
  return out;
}

}  // namespace gpuctl::host
