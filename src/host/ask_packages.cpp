#include <fmt/core.h>

#include <algorithm>

#include "host/ask.hpp"
#include "host/decode.hpp"
#include "util/strings.hpp"

namespace gpuctl::host {

namespace {

/// dpkg-query takes its arguments as patterns, so only real names may reach it.
bool is_package_name(const std::string& name) {
  return !name.empty() && name.front() != '-' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+-.:") == std::string::npos;
}

core::Failed no_name(const std::string& name) {
  return {fmt::format("`{}` is not the name of a package", name)};
}

void ask_installed(const std::vector<core::Package>& asked, std::vector<Question>& out) {
  std::string names;
  for (const auto& package : asked)
    if (is_package_name(package.name)) names += " " + package.name;
  if (names.empty()) names = " -";  // asked of dpkg-query, known to nobody

  Question question;
  question.probes.assign(asked.begin(), asked.end());
  // Exit code 1 says only that one of them is not known; 2 is trouble.
  question.script = fmt::format(
      "dpkg-query -W -f '${{Package}}\\t${{Version}}\\t${{db:Status-Want}}\\t${{db:Status-Status}}\\n' --{}\n"
      "t \"$?\" last\n",
      names);
  question.decode = [asked](std::span<const Frame> frames, core::Facts& facts) {
    const auto& frame = frames.front();
    const auto found = decode_packages(frame.bytes);
    for (const auto& package : asked) {
      const auto at = found.find(package.name);
      if (!is_package_name(package.name))
        facts.set(package, no_name(package.name));
      else if (at != found.end())
        facts.set(package, at->second);
      else if (frame.exit == 127)
        facts.set(package, core::Failed{"this system has no dpkg"});
      else if (frame.exit > 1)
        facts.set(package, core::Failed{fmt::format("dpkg-query failed with exit code {}", frame.exit)});
      else
        facts.set(package, core::Absent{});
    }
  };
  out.push_back(std::move(question));
}

// apt-cache writes its cache anew when it is older than what it is made of, and a question must not write: then it is
// told to keep none. (Slower, so not always.)
constexpr const char* available_script = R"sh(
c=/var/cache/apt/pkgcache.bin; o=
for f in /var/lib/apt/lists /var/lib/dpkg/status /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/preferences.d; do
  [ ! -e "$f" ] || [ "$c" -nt "$f" ] || o='-o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache='
done
)sh";

void ask_available(const std::vector<core::Available>& asked, std::vector<Question>& out) {
  std::string names;
  for (const auto& package : asked)
    if (is_package_name(package.package)) names += " " + package.package;

  Question question;
  question.probes.assign(asked.begin(), asked.end());
  question.patience = std::chrono::seconds(20);
  question.script = fmt::format("{}apt-cache $o madison --{}\nt \"$?\" last\n", available_script, names);
  question.decode = [asked](std::span<const Frame> frames, core::Facts& facts) {
    const auto& frame = frames.front();
    const auto found = decode_madison(frame.bytes);
    for (const auto& package : asked) {
      const auto at = found.find(package.package);
      if (!is_package_name(package.package))
        facts.set(package, no_name(package.package));
      else if (at != found.end())
        facts.set(package, core::Record{{"versions", util::join(at->second, " ")}});
      else if (frame.exit == 127)
        facts.set(package, core::Failed{"this system has no apt"});
      else if (frame.exit != 0)
        facts.set(package, core::Failed{fmt::format("apt-cache failed with exit code {}", frame.exit)});
      else
        facts.set(package, core::Absent{});
    }
  };
  out.push_back(std::move(question));
}

}  // namespace

void ask_packages(Probes probes, std::vector<Question>& out) {
  const auto installed = those_of<core::Package>(probes);
  if (!installed.empty()) ask_installed(installed, out);
  const auto available = those_of<core::Available>(probes);
  if (!available.empty()) ask_available(available, out);
}

}  // namespace gpuctl::host
