#pragma once

#include <string>

#include "core/action.hpp"

namespace gpuctl::host {

// Each kind's own script; act.hpp's act_script() picks.
std::string act_script(const core::WriteFile&);
std::string act_script(const core::RemoveFile&);
std::string act_script(const core::InstallPackages&);
std::string act_script(const core::ConfigurePackages&);
std::string act_script(const core::HoldPackages&);
std::string act_script(const core::RefreshIndex&);
std::string act_script(const core::RestartUnit&);
std::string act_script(const core::EnableUnit&);
std::string act_script(const core::Run&);

extern const char* const file_functions;
extern const char* const apt_functions;

/// Exit codes of the shell functions.
enum ActExit { lock_held = 75, timed_out = 124 /* busybox: 143, that of the signal */ };

}  // namespace gpuctl::host
