#pragma once

#include <string>
#include <string_view>

namespace gpuctl::host {

// POSIX sh as dash, busybox and bash --posix understand it.

/// Exit codes of the shell functions that read files; no program of a node ends with them by itself.
enum FileExit { file_absent = 201, file_denied = 202, file_irregular = 203 };

/// The most bytes of one file that travel, and of one command's output.
constexpr int most_bytes = 65536;

/// What the shell needs once: environment and functions. `nonce` marks its frames; while it waits it gives a sign of
/// life every `beat_s` seconds.
std::string prologue(const std::string& nonce, int beat_s);

/// A chunk: runs as a whole, with nothing to read, or, cut short, not at all. `first` may only give signs of life;
/// `body` stands between a frame that begins the answer and one that ends it. `at_once`: each frame travels when it is
/// there, else all in one piece at the end: sshd leaves Nagle's algorithm on, and every further small piece costs half
/// a round trip or more.
std::string chunk(std::string_view first, std::string_view body, bool at_once);

/// A shell glob as one word of a `for`: only * ? and […] keep their meaning.
std::string glob_word(std::string_view glob);

}  // namespace gpuctl::host
