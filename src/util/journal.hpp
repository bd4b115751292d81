#pragma once

#include <string>
#include <string_view>

namespace gpuctl::util {

/// The last `most` lines of a unit's journal that say something of the unit itself. With KillMode=process systemd adds
/// three lines at each restart for every process that lives on (systemd's unit.c and cgroup.c), and a node with pods
/// would show nothing else.
std::string last_lines(std::string_view journal, std::size_t most);

/// The same lines as words for `grep -v`.
extern const char* const grep_left_over;

}  // namespace gpuctl::util
