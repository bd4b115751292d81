#include <fmt/core.h>

#include <algorithm>

#include "host/decode.hpp"
#include "host/script.hpp"
#include "util/digest.hpp"
#include "util/openpgp.hpp"
#include "util/strings.hpp"

namespace gpuctl::host {

namespace {

std::string last_line(std::string_view bytes) {
  const auto lines = util::lines(bytes.substr(bytes.size() - std::min<std::size_t>(bytes.size(), 400)));
  return lines.empty() ? std::string{} : lines.back();
}

core::Answer keyring_record(const std::string& bytes) {
  std::vector<std::string> fingerprints;
  for (const auto& key : util::openpgp::public_keys(bytes)) fingerprints.push_back(key.fingerprint);
  std::ranges::sort(fingerprints);
  return core::Record{{"fingerprints", util::join(fingerprints, ",")},
                      {"form", util::openpgp::is_armoured(bytes) ? "armoured" : "binary"},
                      {"sha256", util::sha256_hex(bytes)}};
}

}  // namespace

core::Answer decode_file(const Frame& frame) {
  switch (frame.exit) {
    case 0:
      break;
    case file_absent:
      return core::Absent{};
    case file_denied:
      return core::Failed{"a directory on the way may not be entered"};
    case file_irregular:
      return core::Failed{"it is not a regular file"};
    default:
      return core::Failed{fmt::format("it could not be read: {}", last_line(frame.bytes))};
  }
  if (frame.bytes.size() > most_bytes) return core::Failed{"it is larger than 64 KiB"};
  return core::Text{frame.bytes};
}

core::Answer decode_files(std::span<const Frame> frames) {
  core::Record record;
  std::size_t total = 0;
  for (const auto& frame : frames) {
    const auto answer = decode_file(frame);
    if (std::holds_alternative<core::Absent>(answer)) continue;  // gone since the glob was expanded
    if (const auto* failed = std::get_if<core::Failed>(&answer))
      return core::Failed{fmt::format("{}: {}", frame.label, failed->why)};
    total += frame.bytes.size();
    if (total > most_bytes) return core::Failed{"together they are larger than 64 KiB"};
    record[frame.label] = frame.bytes;
  }
  return record;
}

core::Answer decode_keyring(const Frame& frame) {
  auto answer = decode_file(frame);
  const auto* text = std::get_if<core::Text>(&answer);
  if (!text) return answer;
  try {
    return keyring_record(text->value);
  } catch (const util::openpgp::Malformed& error) {
    // A record, not Failed: what is written there can be replaced.
    return core::Record{
        {"fingerprints", ""}, {"form", "malformed"}, {"why", error.what()}, {"sha256", util::sha256_hex(text->value)}};
  }
}

}  // namespace gpuctl::host
