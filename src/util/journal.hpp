#pragma once

#include <string>
#include <string_view>

namespace gpuctl::util {

/// The last `most` lines of a unit's journal, without those of systemd that tell nothing of its end: what it consumed,
/// and the processes that live on with KillMode=process, which get three lines each at every restart (systemd's unit.c
/// and cgroup.c), so that a node with pods would show nothing else.
std::string last_lines(std::string_view journal, std::size_t most);

/// The lines that it leaves out, as words for `grep -v`.
std::string grep_left_over();

}  // namespace gpuctl::util
