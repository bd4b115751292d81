#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/kube.hpp"
#include "core/ports.hpp"

namespace gpuctl::steps {

/// One object of a set of manifests.
struct Manifest {
  core::KubeRef ref;
  core::Fields fields;  ///< what is sent, without what is the server's to write
  core::Where where;
};

/// The objects in files and folders, in the order of installing. `space` is the namespace for those that are namespaced
/// and name none. Throws Error{invalid} at file:line:column: no kind, apiVersion or name, two of one name, a word that
/// YAML 1.1 takes for a boolean, none at all.
std::vector<Manifest> read_manifests(core::Source& source, const std::vector<std::string>& paths,
                                     const std::string& space);

/// Whether its values must not be shown.
bool is_secret(const core::KubeRef&);

}  // namespace gpuctl::steps
