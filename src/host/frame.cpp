#include "host/frame.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

namespace gpuctl::host {

namespace {

/// The next blank-separated word, taken off the front.
std::string_view word(std::string_view& text) {
  const auto end = std::min(text.find(' '), text.size());
  const auto out = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return out;
}

bool number(std::string_view text, int& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size();
}

bool parse(std::string_view line, Frame& frame) {
  if (!number(word(line), frame.question) || !number(word(line), frame.exit)) return false;
  const auto more = word(line);
  frame.last = more == "last";
  frame.label = line;
  return frame.last || more == "more";
}

}  // namespace

std::string trailer(const std::string& nonce, const Frame& frame) {
  return fmt::format("\n{} {} {} {} {}\n", nonce, frame.question, frame.exit, frame.last ? "last" : "more",
                     frame.label);
}

FrameReader::FrameReader(std::string nonce) : mark_("\n" + std::move(nonce) + " ") {}

void FrameReader::feed(std::string_view bytes) {
  held_ += bytes;
  while (cut()) {
  }
}

Frame FrameReader::take() {
  Frame out = std::move(frames_.front());
  frames_.pop_front();
  return out;
}

/// Takes the first marker out of what is held. False: there is none that is whole.
bool FrameReader::cut() {
  const auto at = held_.find(mark_, searched_);
  if (at == std::string::npos) {
    searched_ = held_.size() < mark_.size() ? 0 : held_.size() - mark_.size() + 1;
    return false;
  }
  searched_ = at;
  const auto text = at + mark_.size();
  const auto end = held_.find('\n', text);
  if (end == std::string::npos) return false;

  heard_ = true;
  Frame frame;
  const bool trailer = parse(std::string_view(held_).substr(text, end - text), frame);
  if (!trailer) {  // a heartbeat: what stands around it is one answer
    held_.erase(at, end + 1 - at);
    return true;
  }
  frame.bytes = held_.substr(0, at);
  frames_.push_back(std::move(frame));
  held_.erase(0, end + 1);
  searched_ = 0;
  return true;
}

}  // namespace gpuctl::host
