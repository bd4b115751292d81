#include "ssh/config.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ssh/config_lookup.hpp"
#include "ssh/config_read.hpp"

namespace gpuctl::ssh {

Config Config::load(const Environment& environment, const std::string& system_file) {
  Config config;
  const std::string folder = environment.home + "/.ssh";
  config.user_file_ = read_config_file(folder + "/config", {folder, true}, environment);
  config.system_file_ = read_config_file(system_file, {"/etc/ssh", false}, environment);
  return config;
}

Config Config::parse(const std::string& text, const std::string& name, const Environment& environment) {
  Config config;
  config.user_file_ = read_directives(text, name, {environment.home + "/.ssh", true}, environment);
  return config;
}

HostConfig Config::lookup(const std::string& alias, const std::string& user, const Environment& environment,
                          const std::string& address) const {
  Lookup lookup(alias, user, environment, address);
  lookup.read(user_file_);
  lookup.read(system_file_);
  if (lookup.wants_final()) {
    lookup.begin_final();
    lookup.read(user_file_);
    lookup.read(system_file_);
  }
  return lookup.take();
}

}  // namespace gpuctl::ssh
