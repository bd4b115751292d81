#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace gpuctl::test {

/// One case of a file under tests/cases/playbook: names of texts and the texts, in their order.
struct PlaybookCase {
  std::vector<std::pair<std::string, std::string>> texts;
  std::vector<std::string> set;

  std::string text(const std::string& name) const;
  void replace(const std::string& name, std::string text);
};

std::vector<PlaybookCase> read_cases(const std::filesystem::path& file);
void write_cases(const std::filesystem::path& file, const std::vector<PlaybookCase>& cases);

/// What the case's playbook comes to: a line for each host and step, or the error.
std::string outcome(const PlaybookCase& one);

}  // namespace gpuctl::test
