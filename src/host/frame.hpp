#pragma once

#include <deque>
#include <string>
#include <string_view>

namespace gpuctl::host {

/// A piece of an answer: everything that was written since the last trailer, and what the trailer says of it.
///
/// A trailer is `\n NONCE QUESTION EXIT more|last LABEL\n`, a heartbeat `\n NONCE beat\n` (no blank before NONCE).
/// NONCE has 128 random bits and travels on the shell's input only, so no output of a probe can hold one.
struct Frame {
  int question = 0;
  int exit = 0;       ///< of what wrote it
  bool last = false;  ///< of its question
  std::string label;
  std::string bytes;
  bool operator==(const Frame&) const = default;
};

/// Questions that are none: the chunk's beginning (what stood before it was a banner) and its end.
constexpr int begin_of_chunk = 0;
constexpr int end_of_chunk = -1;

/// The trailer that the host wrote behind this frame.
std::string trailer(const std::string& nonce, const Frame&);

/// Takes a stream apart into frames, wherever it is cut.
class FrameReader {
 public:
  explicit FrameReader(std::string nonce);

  void feed(std::string_view bytes);
  /// Whether anything of this login's shell came at all, a heartbeat or a frame.
  bool heard() const { return heard_; }
  bool has_frame() const { return !frames_.empty(); }
  Frame take();
  /// What came after the last trailer; grows without bound only with what the caller feeds.
  const std::string& pending() const { return held_; }

 private:
  bool cut();

  std::string mark_;  // newline and nonce
  std::string held_;
  std::size_t searched_ = 0;  // no marker begins before this
  std::deque<Frame> frames_;
  bool heard_ = false;
};

}  // namespace gpuctl::host
