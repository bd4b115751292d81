#pragma once

#include <string>

#include "core/params.hpp"

namespace gpuctl::playbook {

/// Reads one entry of `hosts`; its jump hosts only by name. Throws Error{invalid}: also for a host, an address or a
/// user that begins with a dash or holds what no such name can.
core::Host read_host(const std::string& name, const core::Where& where, core::Params params);

}  // namespace gpuctl::playbook
