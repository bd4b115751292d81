#include "playbook/wording.hpp"

#include <fmt/core.h>

#include "util/strings.hpp"

namespace gpuctl::playbook {

std::string nearest_of(const std::string& name, const std::vector<std::string>& names, const std::string& known) {
  const std::string near = util::nearest(name, names);
  if (!near.empty()) return fmt::format("did you mean \"{}\"?", near);
  if (names.empty()) return {};
  return fmt::format("{} {}", known, util::join(names, ", "));
}

}  // namespace gpuctl::playbook
