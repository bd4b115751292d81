#include "ssh/known_hosts.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <libssh/libssh.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "ssh/fd.hpp"
#include "ssh/pattern.hpp"
#include "util/strings.hpp"

namespace gpuctl::ssh {

namespace {

/// A key that is valid and that nobody has: libssh reads hashed names only in a whole line.
constexpr const char* any_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

bool names_hashed(const std::string& hashed, const std::string& name) {
  ssh_knownhosts_entry* entry = nullptr;
  const std::string line = hashed + " " + any_key;
  const int rc = ssh_known_hosts_parse_line(name.c_str(), line.c_str(), &entry);
  if (entry != nullptr) ssh_knownhosts_entry_free(entry);
  return rc == SSH_OK;
}

bool names(const KnownHost& line, const std::string& name) {
  if (line.hosts.starts_with('|')) return names_hashed(line.hosts, name);
  return matches_list(name, line.hosts, true);
}

/// `[name]:port` -> name; empty when it is not of that form.
std::string without_port(const std::string& name) {
  const auto end = name.find("]:");
  if (!name.starts_with('[') || end == std::string::npos) return {};
  return name.substr(1, end - 1);
}

[[noreturn]] void fail(const std::string& file) {
  throw core::Error(core::ErrorKind::failed,
                    fmt::format("the host key cannot be added to {}: {}", file, std::strerror(errno)), {},
                    "add it with ssh-keyscan, or pin it with `host_key:` in the playbook");
}

}  // namespace

void KnownHosts::add(const std::string& text, const std::string& file) {
  int number = 0;
  for (const auto& line : util::lines(text)) {
    ++number;
    auto words = util::words(line);
    if (words.empty() || words[0].starts_with('#')) continue;
    KnownHost host;
    host.where = {file, number, 1};
    if (words[0].starts_with('@')) {
      host.marker = words[0];
      words.erase(words.begin());
    }
    if (words.size() < 3) continue;
    host.hosts = words[0];
    host.type = words[1];
    host.base64 = words[2];
    lines_.push_back(std::move(host));
  }
}

KnownHosts KnownHosts::read(const std::vector<std::string>& files) {
  KnownHosts all;
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (in) text << in.rdbuf();
    all.add(text.str(), file);
  }
  return all;
}

Judgement KnownHosts::judge(const std::string& name, const PublicKey& key) const {
  Judgement found;
  const auto better = [&found](Trust trust, const KnownHost& line) {
    // known > changed > other_type > by_authority > unknown
    const auto rank = [](Trust t) {
      return t == Trust::known ? 4 : t == Trust::changed ? 3 : t == Trust::other_type ? 2 : t == Trust::unknown ? 0 : 1;
    };
    if (rank(trust) > rank(found.trust)) found = {trust, line.where};
  };
  for (const auto& line : lines_) {
    if (!names(line, name)) continue;
    const bool same = line.base64 == key.base64;
    if (line.marker == "@revoked") {
      if (same) return {Trust::revoked, line.where};
    } else if (line.marker == "@cert-authority") {
      better(Trust::by_authority, line);
    } else if (line.marker.empty()) {
      better(same ? Trust::known : line.type == key.type ? Trust::changed : Trust::other_type, line);
    }
  }
  // A key remembered before its port was part of the name still counts, as with OpenSSH; a different one says nothing.
  const std::string plain = without_port(name);
  if (found.trust != Trust::unknown || plain.empty()) return found;
  const Judgement older = judge(plain, key);
  return older.trust == Trust::known || older.trust == Trust::revoked ? older : found;
}

std::vector<std::string> KnownHosts::types(const std::string& name) const {
  std::vector<std::string> known;
  const auto& supported = host_key_types();
  const auto collect = [&](const std::string& called) {
    for (const auto& line : lines_)
      if (line.marker.empty() && std::ranges::find(supported, line.type) != supported.end() && names(line, called) &&
          std::ranges::find(known, line.type) == known.end())
        known.push_back(line.type);
  };
  collect(name);
  if (known.empty() && !without_port(name).empty()) collect(without_port(name));
  return known;
}

std::string known_host_name(const std::string& address, int port, const std::string& alias) {
  if (!alias.empty()) return lower_case(alias);
  if (port == 22) return lower_case(address);
  return fmt::format("[{}]:{}", lower_case(address), port);
}

void remember(const std::string& file, const std::string& name, const PublicKey& key) {
  const auto folder = std::filesystem::path(file).parent_path();
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail(file);
  const Fd fd(open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
  // Two hosts of one run, and ssh beside them, may add at the same time.
  if (!fd || flock(fd.number(), LOCK_EX) != 0) fail(file);
  char last = '\n';
  const off_t size = lseek(fd.number(), 0, SEEK_END);
  if (size > 0 && pread(fd.number(), &last, 1, size - 1) != 1) fail(file);
  const std::string line = fmt::format("{}{} {} {}\n", last == '\n' ? "" : "\n", name, key.type, key.base64);
  if (write(fd.number(), line.data(), line.size()) != static_cast<ssize_t>(line.size())) fail(file);
}

}  // namespace gpuctl::ssh
