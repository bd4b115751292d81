#include <algorithm>

#include "host/decode.hpp"
#include "util/strings.hpp"

namespace gpuctl::host {

std::map<std::string, core::Record> decode_packages(std::string_view bytes) {
  std::map<std::string, core::Record> out;
  for (const auto& line : util::lines(bytes)) {
    const auto fields = util::split(line, '\t');
    // A name that is only mentioned by others has no version and is `not-installed`.
    if (fields.size() != 4 || fields[1].empty()) continue;
    const core::Record record{{"version", fields[1]}, {"want", fields[2]}, {"status", fields[3]}};
    const auto at = out.find(fields[0]);
    // One line for each architecture: the installed one counts.
    if (at == out.end() || core::text_of(at->second, "status") != "installed") out[fields[0]] = record;
  }
  return out;
}

std::map<std::string, std::vector<std::string>> decode_madison(std::string_view bytes) {
  std::map<std::string, std::vector<std::string>> out;
  for (const auto& line : util::lines(bytes)) {
    const auto fields = util::split(line, '|');
    if (fields.size() < 3) continue;
    auto& versions = out[std::string(util::trim(fields[0]))];
    const std::string version(util::trim(fields[1]));
    if (std::ranges::find(versions, version) == versions.end()) versions.push_back(version);
  }
  return out;
}

}  // namespace gpuctl::host
