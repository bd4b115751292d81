#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/answer.hpp"
#include "core/probe.hpp"
#include "host/frame.hpp"

namespace gpuctl::host {

// From what a program wrote to what it means. Pure, and right for any bytes at all.

/// `1763716442.123456789` or `1763716442` (busybox): microseconds.
core::Field decode_seconds(std::string_view);

/// `Fri 2025-11-21 09:14:02.123456 UTC` (systemctl --timestamp=us+utc; the fraction may lack). Absent when empty or
/// `n/a`.
core::Field decode_timestamp(std::string_view);

/// The lines of the platform question, `key value`, with os-release among them as `os KEY=value`.
core::Answer decode_platform(std::string_view);

/// A frame of the shell function `file`.
core::Answer decode_file(const Frame&);
/// Frames of `file`, label: path. One that cannot be read makes the answer Failed.
core::Answer decode_files(std::span<const Frame>);
/// The same as a keyring.
core::Answer decode_keyring(const Frame&);

/// One line of the stat question (`%F|%a|%U|%G|%s|%Z|%z|%n`).
struct StatLine {
  std::string path;
  core::Record record;
};
/// False: not such a line.
bool decode_stat_line(std::string_view, StatLine&);

/// `systemctl show` of several units: by every name a unit has.
std::map<std::string, core::Record> decode_units(std::string_view);

/// `dpkg-query -W`: name, version, want, status, tab-separated.
std::map<std::string, core::Record> decode_packages(std::string_view);

/// `apt-cache madison`: package -> versions, newest first.
std::map<std::string, std::vector<std::string>> decode_madison(std::string_view);

/// The two frames of a command.
core::Answer decode_command(std::span<const Frame>, int timeout_s);

/// The file in /var/lib/apt/lists that holds the index `what` (InRelease, Release) of a repository.
std::string apt_list_name(std::string_view uri, std::string_view suite, std::string_view what);

}  // namespace gpuctl::host
