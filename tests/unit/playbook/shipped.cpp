#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "playbook/playbook.hpp"
#include "support/error_text.hpp"
#include "support/no_source.hpp"

using namespace gpuctl;

TEST_CASE("every playbook that is shipped can be loaded") {
  const std::filesystem::path folder = GPUCTL_TESTS "/../playbooks";
  int count = 0;
  for (const auto& item : std::filesystem::directory_iterator(folder)) {
    ++count;
    std::ifstream in(item.path(), std::ios::binary);
    playbook::Input input;
    input.playbook = {item.path().filename().string(), {std::istreambuf_iterator<char>(in), {}}};
    test::NoSource source;
    std::string error;
    try {
      CHECK_FALSE(playbook::parse(input, source).hosts.empty());
    } catch (const core::Error& e) {
      error = test::error_text(e);
    }
    CHECK(error == "");
  }
  CHECK(count > 0);
}
