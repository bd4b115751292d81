#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/node.hpp"
#include "kube/access.hpp"

namespace gpuctl::kube {

/// How a program ended that a kubeconfig names.
struct Ran {
  bool started = true;  ///< false: `errors` says why not
  int exit = 0;
  std::string output, errors;
  bool late = false;  ///< it was ended, having run or written too long
};

/// What a kubeconfig points to outside itself.
struct Outside {
  /// The bytes of a file: a certificate, a key, a token; its path absolute, or relative to the working folder. Throws
  /// core::Error{invalid}.
  std::function<std::string(const std::string& path)> read;
  /// Runs a program, its environment being ours and `environment`, without a terminal; bounded in time and output.
  std::function<Ran(const std::vector<std::string>& argv,
                    const std::vector<std::pair<std::string, std::string>>& environment)>
      run;
  std::chrono::system_clock::time_point now;
};

/// The files that make up the kubeconfig: those of the variable KUBECONFIG, joined by colons, or ~/.kube/config.
std::vector<std::string> kubeconfig_paths(const std::string& variable, const std::string& home);

/// One kubeconfig, or several merged as kubectl does: the first that says something wins.
class Kubeconfig {
 public:
  /// `parse` gives a file's content, or nothing where there is no such file; one that is absent beside others does not
  /// count. Throws Error{invalid} at file:line:column: none of them exists, or it is no kubeconfig.
  static Kubeconfig load(const std::vector<std::string>& paths,
                         const std::function<std::optional<core::Node>(const std::string& path)>& parse);

  /// The access that a context gives; empty: the current one. Reads the files that it names and runs its exec plugin.
  /// Throws Error{invalid} at its place: no such context, a file that is missing, a certificate that has expired …
  Access access(const std::string& context, const Outside&) const;

  std::vector<std::string> contexts() const;

 private:
  struct Named {
    std::string name;
    std::string file;
    core::Node value;
  };
  using List = std::vector<Named>;
  void add(const std::string& path, const core::Node& root);
  static void add_list(const std::string& path, const core::Node& root, const char* key, const char* member, List& out);
  const Named& context(const std::string& name) const;
  const Named& referred(const List& list, const Named& context, const char* key) const;
  void read_cluster(const Named&, const Outside&, Access&) const;
  void read_user(const Named&, const Outside&, Access&) const;

  std::vector<std::string> files_;
  core::Node current_;  // its place and text
  List clusters_, users_, contexts_;
};

}  // namespace gpuctl::kube
