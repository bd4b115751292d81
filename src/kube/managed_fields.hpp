#pragma once

#include <string>

namespace gpuctl::kube {

/// The patch (RFC 6902) after which what `manager` wrote by updates of a client counts as applied by it, so that a
/// server-side apply of the same manager can take a field away again; empty where there is nothing to rewrite. It holds
/// for the object as it is in `json` alone. Source: client-go's util/csaupgrade.
std::string applied_instead(const std::string& json, const std::string& manager);

}  // namespace gpuctl::kube
