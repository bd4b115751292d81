#include "util/journal.hpp"

#include <algorithm>
#include <array>

#include "util/shell.hpp"
#include "util/strings.hpp"

namespace gpuctl::util {

namespace {

constexpr std::array<std::string_view, 4> left_over{
    " remains running after unit stopped.",
    ".service: Found left-over process ",
    "This usually indicates unclean termination of a previous run, or service implementation deficiencies.",
    ".service: Consumed ",
};

bool is_left_over(const std::string& line) {
  return std::any_of(left_over.begin(), left_over.end(),
                     [&](auto part) { return line.find(part) != std::string::npos; });
}

}  // namespace

std::string grep_left_over() {
  std::string out = "-F";
  for (const auto part : left_over) out += " -e " + shell_quote(part);
  return out;
}

std::string last_lines(std::string_view journal, std::size_t most) {
  auto kept = lines(journal);
  std::erase_if(kept, is_left_over);
  if (kept.size() > most) kept.erase(kept.begin(), kept.end() - static_cast<std::ptrdiff_t>(most));
  std::string out;
  for (const auto& line : kept) out += line + "\n";
  return out;
}

}  // namespace gpuctl::util
