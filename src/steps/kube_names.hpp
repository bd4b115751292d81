#pragma once

#include <optional>
#include <string>

#include "core/params.hpp"

namespace gpuctl::steps {

/// Whether a text can be the name of an object: lower-case letters, digits, `-` and `.`, at most 253.
bool is_object_name(const std::string& text);
/// The parameter as a name of an object. Throws Error{invalid}; without a fallback also where it is absent.
std::string object_name(core::Params& params, const std::string& key);
std::string object_name(core::Params& params, const std::string& key, const std::string& fallback);

/// The apiVersion of a kind of Kubernetes' own that people name without it; empty: unknown.
std::string api_version_of(const std::string& kind);
/// Whether objects of the kind stand outside of namespaces; nothing for a kind that is not Kubernetes' own.
std::optional<bool> is_cluster_scoped(const std::string& api_version, const std::string& kind);
/// The place of a kind in the order of installing: what others need comes first, kinds that nobody knows last.
int install_rank(const std::string& api_version, const std::string& kind);

}  // namespace gpuctl::steps
