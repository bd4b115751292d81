#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/answer.hpp"

namespace gpuctl::host {

/// The configuration files of a containerd, as they lie on the host or would lie there.
struct ContainerdFiles {
  std::string root;                          ///< path of the root file
  std::map<std::string, std::string> files;  ///< path -> text; the root and all that it may import
  std::vector<std::string> extra_imports;    ///< globs that the root is about to import
  std::string version;                       ///< of containerd: `1.6.20`; empty: not known
};

/// What core::Handlers asks for. Absent without a root file; Failed where a file is no TOML or too large to judge.
///
/// containerd 1.x (read in v1.6.20, seen with its `config dump`): an imported file replaces whole plugin tables by key,
/// and the built-in runc goes as soon as any runtime is named. 2.x (read in v2.0.0, seen on 2.0.14): tables are merged,
/// and runc stays.
core::Answer effective_handlers(const ContainerdFiles&);

/// `containerd github.com/containerd/containerd 1.6.20~ds1 …` or `… v2.0.14`: `1.6.20`; empty when it is not that.
std::string containerd_version(std::string_view output);

/// The two texts in the combined output of `nvidia-ctk runtime configure --dry-run`: it logs `Drop-in config:` and
/// `Top-level config:` in front of them (read in v1.19.1). Without the first line all of it is the root file.
struct DryRun {
  std::string root;
  std::string drop_in;
  bool has_drop_in = false;
};
DryRun split_dry_run(std::string_view output);

}  // namespace gpuctl::host
