#include <fmt/core.h>

#include "host/ask.hpp"
#include "host/decode.hpp"
#include "host/script.hpp"
#include "util/shell.hpp"
#include "util/strings.hpp"

namespace gpuctl::host {

namespace {

// All paths of all such probes go into one stat. Before its lines stand, for each probe by its number, the paths that
// are its (`g NUMBER PATH`) or why there is none (`n NUMBER 201|202`).

std::string single(std::size_t number, const std::string& path) {
  const auto word = util::shell_quote(path);
  return fmt::format(
      "if [ -e {0} ]; then printf 'g {1} %s\\n' {0}; set -- \"$@\" {0}; else gone {0}; echo \"n {1} $?\"; fi\n", word,
      number);
}

std::string each(std::size_t number, const std::string& words) {
  return fmt::format(
      "for f in {}; do case $f in *\"$nl\"*) continue;; esac\n"
      "[ -f \"$f\" ] && {{ printf 'g {} %s\\n' \"$f\"; set -- \"$@\" \"$f\"; }}; done\n",
      words, number);
}

/// The places where apt keeps the index of a repository; the host's own word for its architecture goes in there.
std::string index_words(const core::AptIndex& probe) {
  std::string out;
  for (const auto* what : {"InRelease", "Release"}) {
    const auto name = "/var/lib/apt/lists/" + apt_list_name(probe.uri, probe.suite, what);
    const auto parts = util::split(util::replace_all(name, "%24(ARCH)", "\n"), '\n');
    std::string word;
    for (const auto& part : parts) word += (word.empty() ? "" : "\"$arch\"") + util::shell_quote(part);
    out += (out.empty() ? "" : " ") + word;
  }
  return out;
}

struct Found {
  std::map<std::string, core::Record> attributes;         // by path
  std::map<std::size_t, std::vector<std::string>> paths;  // by the probe's number
  std::map<std::size_t, int> why_none;
};

Found parse(std::string_view bytes) {
  Found out;
  for (const auto& line : util::lines(bytes)) {
    if (StatLine parsed; line.starts_with("s ") && decode_stat_line(std::string_view(line).substr(2), parsed)) {
      out.attributes[parsed.path] = parsed.record;
      continue;
    }
    const auto blank = line.find(' ', 2);
    if (line.size() < 4 || blank == std::string::npos || line.find_first_not_of("0123456789", 2) != blank) continue;
    const auto number = std::stoul(line.substr(2, std::min<std::size_t>(blank - 2, 9)));
    if (line.starts_with("g ")) out.paths[number].push_back(line.substr(blank + 1));
    if (line.starts_with("n ")) out.why_none[number] = line.substr(blank + 1) == "202" ? file_denied : file_absent;
  }
  return out;
}

core::Answer attributes(const Found& found, std::size_t number) {
  const auto none = found.why_none.find(number);
  if (none != found.why_none.end()) return decode_file(Frame{.exit = none->second, .label = {}, .bytes = {}});
  const auto paths = found.paths.find(number);
  if (paths == found.paths.end()) return core::Failed{"the host did not answer for it"};
  const auto at = found.attributes.find(paths->second.front());
  if (at == found.attributes.end()) return core::Failed{"stat could not read its attributes"};
  return at->second;
}

core::Record ctimes(const Found& found, std::size_t number) {
  core::Record out;
  const auto paths = found.paths.find(number);
  if (paths == found.paths.end()) return out;
  for (const auto& path : paths->second) {
    const auto at = found.attributes.find(path);
    if (at != found.attributes.end()) out[path] = at->second.at("ctime");
  }
  return out;
}

core::Answer index(const Found& found, std::size_t number) {
  const auto times = ctimes(found, number);
  if (times.empty()) return core::Absent{};
  // An InRelease that came after a Release replaced it; where both lie there, the newer one is meant.
  core::Field newest = times.begin()->second;
  for (const auto& [path, time] : times)
    if (std::get<core::Time>(time).us > std::get<core::Time>(newest).us) newest = time;
  return core::Record{{"refreshed", newest}};
}

}  // namespace

void ask_stats(Probes probes, std::vector<Question>& out) {
  Question question;
  std::string body;
  for (const auto& probe : probes) {
    const auto number = question.probes.size();
    if (const auto* stat = std::get_if<core::Stat>(&probe))
      body += single(number, stat->path);
    else if (const auto* stats = std::get_if<core::Stats>(&probe))
      body += each(number, glob_word(stats->glob));
    else if (const auto* apt = std::get_if<core::AptIndex>(&probe))
      body += "[ -n \"$arch\" ] || arch=$(dpkg --print-architecture)\n" + each(number, index_words(*apt));
    else
      continue;
    question.probes.push_back(probe);
  }
  if (question.probes.empty()) return;
  question.script = "set --\n" + body + "[ $# = 0 ] || stat -L -c 's %F|%a|%U|%G|%s|%Z|%z|%n' -- \"$@\"\nt 0 last\n";
  question.decode = [asked = question.probes](std::span<const Frame> frames, core::Facts& facts) {
    const auto found = parse(frames.front().bytes);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (std::holds_alternative<core::Stat>(asked[i]))
        facts.set(asked[i], attributes(found, i));
      else if (std::holds_alternative<core::Stats>(asked[i]))
        facts.set(asked[i], ctimes(found, i));
      else
        facts.set(asked[i], index(found, i));
    }
  };
  out.push_back(std::move(question));
}

}  // namespace gpuctl::host
